namespace OAuthPS.Flows.Providers;

/// <summary>A header that requests to the authorization server need. One without a value takes the session's header of that name.</summary>
/// <param name="Name">The header's name.</param>
public sealed record TokenHeader(string Name)
{
    /// <summary>Its value, where that is the same for everybody and no secret; the session's header of that name goes before it.</summary>
    public string? Value { get; init; }

    /// <summary>What its value is, for a person; null where nothing is to be said.</summary>
    public string? Meaning { get; init; }

    /// <summary>The name, and the value or its meaning.</summary>
    public override string ToString() => (Value ?? Meaning) is { } more ? $"{Name} ({more})" : Name;
}
