namespace OAuthPS.Emulator;

/// <summary>An authorization request (RFC 6749 section 4.1.1) whose client and redirect URI are known good.</summary>
internal sealed record AuthorizationRequest
{
    public required string ClientId { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>As it was encoded in the request, to be sent back byte for byte.</summary>
    public string? EncodedState { get; init; }

    public string Scope { get; init; } = "";

    public string? CodeChallenge { get; init; }

    /// <summary>True when the client asked for a refresh token.</summary>
    public bool Offline { get; init; }

    /// <summary>True for the implicit grant, whose answers go into the fragment (RFC 6749 section 4.2.2).</summary>
    public bool Implicit { get; init; }

    /// <summary>The URL that takes the user agent back to the client.</summary>
    public string RedirectWith(params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var answer = new List<string>();
        foreach (var (name, value) in parameters)
        {
            answer.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        if (EncodedState is not null)
        {
            answer.Add($"state={EncodedState}");
        }

        // A query that the redirect URI has is kept (RFC 6749 section 3.1.2).
        var separator = Implicit ? "#" : RedirectUri.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return RedirectUri + separator + string.Join('&', answer);
    }
}
