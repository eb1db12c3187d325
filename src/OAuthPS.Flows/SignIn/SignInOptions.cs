namespace OAuthPS.Flows.SignIn;

/// <summary>How a person signs in.</summary>
public sealed record SignInOptions
{
    /// <summary>The redirect URI, byte for byte as it is registered; null for a free port on 127.0.0.1 (RFC 8252 section 7.3).</summary>
    public string? RedirectUri { get; init; }

    /// <summary>Prints the address and asks for the response, instead of opening a browser and listening.</summary>
    public bool NoBrowser { get; init; }

    /// <summary>Whether the client signs what it asks for (RFC 9101); only where the provider demands it when null.</summary>
    public bool? SignedRequest { get; init; }

    /// <summary>Whether the server is asked to sign its response (JARM); wherever the provider offers it when null.</summary>
    public bool? SignedResponse { get; init; }

    /// <summary>What the page in the browser calls the program that the person goes back to, in the middle of a sentence.</summary>
    public string Program { get; init; } = "the program";

    /// <summary>How long to wait for the person.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Opens the browser, and says whether one was opened; the system's when null.</summary>
    internal Func<Uri, CancellationToken, Task<bool>>? OpenBrowser { get; init; }

    /// <summary>Five minutes.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromMinutes(5);

    /// <summary>A browser, any free port, five minutes.</summary>
    public static SignInOptions Default { get; } = new();
}
