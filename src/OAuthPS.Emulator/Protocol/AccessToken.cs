namespace OAuthPS.Emulator;

/// <summary>An access token that was issued: what it stands for, and until when.</summary>
/// <param name="grant">Whose tokens end together.</param>
/// <param name="scope">What it is good for; a refresh may ask for less than the grant has (RFC 6749 section 6).</param>
/// <param name="expires">When it expires by itself.</param>
internal sealed class AccessToken(Grant grant, string scope, DateTimeOffset expires)
{
    private volatile bool _expiredEarly;

    /// <summary>Whose tokens end together.</summary>
    public Grant Grant => grant;

    /// <summary>What it is good for, separated by spaces.</summary>
    public string Scope => scope;

    /// <summary>From now on the token has expired.</summary>
    public void Expire() => _expiredEarly = true;

    /// <summary>What the token is worth at a time.</summary>
    public TokenState StateAt(DateTimeOffset now)
        => grant.Ended ? TokenState.Revoked
            : _expiredEarly || expires <= now ? TokenState.Expired
            : TokenState.Valid;
}
