namespace OAuthPS.Flows.Providers;

/// <summary>How id and secret are joined for HTTP Basic.</summary>
public enum BasicEncoding
{
    /// <summary>Each form-encoded first (RFC 6749 section 2.3.1).</summary>
    FormEncoded,

    /// <summary>As they are, in UTF-8 (RFC 7617 section 2).</summary>
    Plain,
}

/// <summary>What becomes of a refresh token when it is used.</summary>
public enum RefreshTokenUse
{
    /// <summary>The provider gives none.</summary>
    None,

    /// <summary>It stays valid; a response without a new one means: keep it (RFC 6749 section 6).</summary>
    Reusable,

    /// <summary>Nobody says. It is taken for one that can be used once.</summary>
    Unknown,

    /// <summary>It is dead once used, and the response has its successor (RFC 9700 section 4.14.2).</summary>
    OneTime,
}

/// <summary>Whose name and password HTTP Basic carries.</summary>
public enum BasicCredential
{
    /// <summary>Client id and client secret.</summary>
    Client,

    /// <summary>The user's name and password.</summary>
    User,
}

/// <summary>What HTTP Basic is good for at a provider.</summary>
/// <param name="Credential">Whose name and password it carries.</param>
/// <param name="TokenEndpoint">
/// The path that answers a GET with a temporary token; null where every API call carries the header itself.
/// </param>
public sealed record BasicAccess(BasicCredential Credential, string? TokenEndpoint);

/// <summary>A parameter with a fixed value that a provider wants.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record FixedParameter(string Name, string Value);

/// <summary>A header that goes with every API call.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Meaning">What its value is, for a person.</param>
public sealed record ApiHeader(string Name, string Meaning)
{
    /// <summary>Whether only a call with a bearer token needs it, and one with HTTP Basic does not.</summary>
    public bool BearerTokenOnly { get; init; }

    /// <summary>The name, its meaning, and when it is needed.</summary>
    public override string ToString() => $"{Name} ({Meaning}{(BearerTokenOnly ? ", with a bearer token" : "")})";
}

/// <summary>A way of a provider that differs from what the specifications lead one to expect.</summary>
/// <param name="Text">The way, in a sentence.</param>
/// <param name="Source">The documentation that states it.</param>
public sealed record ProviderQuirk(string Text, Uri Source)
{
    /// <summary>The sentence and its source.</summary>
    public override string ToString() => $"{Text} ({Source})";
}
