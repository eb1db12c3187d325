namespace OAuthPS.Flows.Providers;

/// <summary>
/// What there is to know about a provider: data, no code. Endpoints are paths below the service URL, so that the service URL
/// alone moves all of them.
/// </summary>
public sealed record OAuthProvider
{
    /// <summary>The name scripts use.</summary>
    public required string Name { get; init; }

    /// <summary>The name people use.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The documentation of how it authenticates.</summary>
    public required Uri Documentation { get; init; }

    /// <summary>Where the provider is; null where every customer has an address of their own.</summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>What such an address of one's own looks like.</summary>
    public string? ServiceUrlExample { get; init; }

    /// <summary>The path of the token endpoint (RFC 6749 section 3.2).</summary>
    public required string TokenEndpoint { get; init; }

    /// <summary>The path of the authorization endpoint (RFC 6749 section 3.1); null where no person signs in.</summary>
    public string? AuthorizationEndpoint { get; init; }

    /// <summary>The path of the revocation endpoint (RFC 7009); null where none is documented.</summary>
    public string? RevocationEndpoint { get; init; }

    /// <summary>The path below which the provider's App Credentials are; null where it has none.</summary>
    public string? AppCredentialsEndpoint { get; init; }

    /// <summary>The flows offered, the best first.</summary>
    public required IReadOnlyList<OAuthFlow> Flows { get; init; }

    /// <summary>How a client may authenticate at the token endpoint, the best first.</summary>
    public required IReadOnlyList<ClientAuthenticationMethod> ClientAuthentications { get; init; }

    /// <summary>How id and secret are joined for HTTP Basic.</summary>
    public BasicEncoding BasicEncoding { get; init; } = BasicEncoding.FormEncoded;

    /// <summary>What the flow <see cref="OAuthFlow.Basic"/> does here; null where it is not offered.</summary>
    public BasicAccess? Basic { get; init; }

    /// <summary>Where the parameters of a token request travel.</summary>
    public ParameterPlacement TokenParameters { get; init; } = ParameterPlacement.Body;

    /// <summary>Where the token of a revocation request travels. In the query the client does not authenticate besides.</summary>
    public ParameterPlacement RevocationParameters { get; init; } = ParameterPlacement.Body;

    /// <summary>Whether the password flow also needs the client to authenticate.</summary>
    public bool PasswordNeedsClient { get; init; } = true;

    /// <summary>Whether <c>scope</c> is sent at all.</summary>
    public bool SendsScope { get; init; } = true;

    /// <summary>Whether a refresh request repeats the scope.</summary>
    public bool RefreshSendsScope { get; init; }

    /// <summary>Whether the code exchange repeats <c>redirect_uri</c> (RFC 6749 section 4.1.3).</summary>
    public bool CodeExchangeSendsRedirectUri { get; init; } = true;

    /// <summary>Whether the provider documents PKCE (RFC 7636).</summary>
    public bool SupportsPkce { get; init; } = true;

    /// <summary>What asks for a refresh token when a person signs in; null where one is given without asking.</summary>
    public FixedParameter? OfflineAccess { get; init; }

    /// <summary>What becomes of a refresh token when it is used.</summary>
    public RefreshTokenUse RefreshTokens { get; init; } = RefreshTokenUse.Reusable;

    /// <summary>The headers an API call needs besides <c>Authorization</c>.</summary>
    public IReadOnlyList<ApiHeader> ApiHeaders { get; init; } = [];

    /// <summary>Where this provider is not what one would expect, each with its source.</summary>
    public IReadOnlyList<ProviderQuirk> Quirks { get; init; } = [];

    /// <summary>What each flow needs from the user.</summary>
    public IReadOnlyList<string> Needs => [.. Flows.Select(flow => FlowNeeds.Describe(this, flow))];

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The URL of one of the paths above at a service.</summary>
    internal static Uri At(Uri serviceUrl, string path) =>
        new(serviceUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') + path);
}
