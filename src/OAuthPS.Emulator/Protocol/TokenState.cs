namespace OAuthPS.Emulator;

/// <summary>What a token is worth.</summary>
internal enum TokenState
{
    /// <summary>It was never issued.</summary>
    Unknown,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>What it stands for was revoked.</summary>
    Revoked,

    /// <summary>It is good.</summary>
    Valid,
}
