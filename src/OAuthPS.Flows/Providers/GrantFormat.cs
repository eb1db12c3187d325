namespace OAuthPS.Flows.Providers;

/// <summary>The token request of a flow at a provider, where it differs from the specification's.</summary>
public sealed record GrantFormat
{
    /// <summary>The flow; <see cref="OAuthFlow.RefreshToken"/> is every renewal by a refresh token too.</summary>
    public required OAuthFlow Flow { get; init; }

    /// <summary>The value of <c>grant_type</c> (RFC 6749 section 4.5); null for the specification's.</summary>
    public string? GrantType { get; init; }

    /// <summary>Parameters that the request has besides, with the same values for everybody.</summary>
    public IReadOnlyList<FixedParameter> Parameters { get; init => field = value is null ? null! : Array.AsReadOnly([.. value]); } = [];

    /// <summary>Parameters that the request has besides, and whose values the user gives.</summary>
    public IReadOnlyList<NeededParameter> Needs { get; init => field = value is null ? null! : Array.AsReadOnly([.. value]); } = [];
}

/// <summary>A parameter whose value the user gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What its value is, for a person.</param>
public sealed record NeededParameter(string Name, string Meaning)
{
    /// <summary>The name and its meaning.</summary>
    public override string ToString() => $"{Name} ({Meaning})";
}
