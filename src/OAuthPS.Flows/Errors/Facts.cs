namespace OAuthPS.Flows;

/// <summary>A provider, as failures and notices name it.</summary>
/// <param name="Name">The name by which a caller chooses it.</param>
/// <param name="DisplayName">The name by which people know it.</param>
internal readonly record struct ProviderNames(string Name, string DisplayName);

/// <summary>A flow that a provider offers, and what it cannot start without.</summary>
/// <param name="Name">The flow's name.</param>
/// <param name="Needs">All of these are needed; of each, any one input is enough.</param>
public sealed record OfferedFlow(string Name, IReadOnlyList<IReadOnlyList<OAuthInput>> Needs);

/// <summary>What a server answered that said no. All of its words are as they may be shown.</summary>
internal sealed record Refusal
{
    /// <summary>What was sent, such as "token request".</summary>
    internal required string Purpose { get; init; }

    internal required Uri Endpoint { get; init; }

    /// <summary>Whether an API answered, whose words are no code of the protocol.</summary>
    internal required bool IsApiCall { get; init; }

    internal required int Status { get; init; }

    /// <summary>Whether the response has no body.</summary>
    internal required bool IsEmpty { get; init; }

    /// <summary>Whether its body was longer than the size allowed.</summary>
    internal bool IsTooLong { get; init; }

    /// <summary>The client that was refused; null where it may be somebody else who was.</summary>
    internal RefusedClient? Client { get; init; }

    internal string? MediaType { get; init; }

    /// <summary>The media type as it may be shown: a server may make one up of what it was sent.</summary>
    internal string? ShownMediaType { get; init; }

    internal TimeSpan? RetryAfter { get; init; }

    internal string? Error { get; init; }

    internal string? Description { get; init; }

    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    internal string? Body { get; init; }
}

/// <summary>How a client showed itself in a request that was refused.</summary>
internal sealed record RefusedClient
{
    /// <summary>Whether it came with HTTP Basic, and could have come in the body (RFC 6749 section 2.3.1).</summary>
    internal bool IsBasic { get; init; }

    /// <summary>Whether form-encoding has changed the id or the secret in it.</summary>
    internal bool IsFormEncoded { get; init; }

    internal bool IdEndsInLineBreak { get; init; }

    internal bool SecretEndsInLineBreak { get; init; }
}
