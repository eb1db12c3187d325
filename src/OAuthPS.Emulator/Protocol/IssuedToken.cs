namespace OAuthPS.Emulator;

/// <summary>An access token as it goes into a token answer.</summary>
/// <param name="Token">Its text.</param>
/// <param name="ExpiresIn">How long it lives, in seconds.</param>
/// <param name="ExpiresAt">When it expires, in seconds since 1970.</param>
internal readonly record struct IssuedToken(string Token, double ExpiresIn, long ExpiresAt)
{
    /// <summary>Nothing: a record prints its members, and one of this one's is a secret.</summary>
    public override string ToString() => "***";
}
