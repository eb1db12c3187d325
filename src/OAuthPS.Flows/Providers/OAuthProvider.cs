using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Providers;

/// <summary>
/// What there is to know about a provider: data, no code. Endpoints are paths below the service URL, so that the service URL
/// alone moves all of them, or whole URLs.
/// </summary>
public sealed partial record OAuthProvider
{
    /// <summary>The name scripts use.</summary>
    public required string Name { get; init; }

    /// <summary>The name people use.</summary>
    public string DisplayName { get => field ?? Name; init; }

    /// <summary>The documentation of how it authenticates.</summary>
    public Uri? Documentation { get; init; }

    /// <summary>Where the provider is; null where every customer has an address of their own.</summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>What such an address of one's own looks like.</summary>
    public string? ServiceUrlExample { get; init; }

    /// <summary>
    /// The issuer of a server that says by itself what it offers (RFC 8414, OpenID Connect Discovery 1.0); its endpoints, flows and
    /// client authentications are then asked for when connecting. Null for a provider that is described here.
    /// </summary>
    public string? Issuer { get; init; }

    /// <summary>
    /// Whether <see cref="Flows"/> and <see cref="ClientAuthentications"/> are what the issuer announced when the provider was registered,
    /// kept to be shown: what it announces when connecting then goes before them. Else they go before what it announces.
    /// </summary>
    public bool FollowsMetadata { get; init; }

    /// <summary>
    /// The issuer as tokens name it: the issuer itself, or with <c>{tenantid}</c> in the place of the token's <c>tid</c>.
    /// </summary>
    internal string? TokenIssuer { get => field ?? Issuer; init; }

    /// <summary>The path of the token endpoint (RFC 6749 section 3.2); null where the issuer says it.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>The path of the authorization endpoint (RFC 6749 section 3.1); null where no person signs in.</summary>
    public string? AuthorizationEndpoint { get; init; }

    /// <summary>The path of the device authorization endpoint (RFC 8628); null where there is none.</summary>
    public string? DeviceAuthorizationEndpoint { get; init; }

    /// <summary>
    /// The path of the pushed authorization request endpoint (RFC 9126): the parameters of a sign-in then go to the server itself, and the
    /// browser carries a reference alone. Null where there is none.
    /// </summary>
    public string? PushedAuthorizationRequestEndpoint { get; init; }

    /// <summary>Whether the parameters of a sign-in must be signed by the client (RFC 9101).</summary>
    public bool RequiresSignedRequestObject { get; init; }

    /// <summary>The algorithms with which a client may sign them; any when empty.</summary>
    public IReadOnlyList<string> RequestObjectSigningAlgorithms { get; init => field = Fixed(value); } = [];

    /// <summary>Whether the server signs its authorization response when asked to (JARM); then it is asked to.</summary>
    public bool SignsAuthorizationResponse { get; init; }

    /// <summary>The algorithms such a response may be signed with; <c>none</c> and those of a shared secret are never taken.</summary>
    public IReadOnlyList<string> AuthorizationSigningAlgorithms { get; init => field = Fixed(value); } = ["RS256"];

    /// <summary>The path of the server's public keys (RFC 7517); null where it has none.</summary>
    public string? JwksEndpoint { get; init; }

    /// <summary>The path of the revocation endpoint (RFC 7009); null where none is documented.</summary>
    public string? RevocationEndpoint { get; init; }

    /// <summary>The path below which the provider's App Credentials are; null where it has none.</summary>
    public string? AppCredentialsEndpoint { get; init; }

    /// <summary>
    /// Where the vendor's own client keeps a credential; null where none is known. Of built-in providers alone: a provider file
    /// must not be able to have any file or environment variable of the user read and sent to an address of its own.
    /// </summary>
    [JsonIgnore]
    public VendorCredential? VendorCredential { get; init; }

    /// <summary>The flows offered, the best first.</summary>
    public IReadOnlyList<OAuthFlow> Flows { get; init => field = Fixed(value); } = [];

    /// <summary>Flows that its metadata does not list, and that its server may have all the same: taken only by name.</summary>
    internal IReadOnlyList<OAuthFlow> UnlistedFlows { get; init; } = [];

    /// <summary>
    /// Where a token response has its token and what it calls its members; null where that is as RFC 6749 section 5.1 has it.
    /// </summary>
    public TokenResponseFormat? TokenResponse { get; init; }

    /// <summary>How a client may authenticate at the token endpoint, the best first.</summary>
    public IReadOnlyList<ClientAuthenticationMethod> ClientAuthentications { get; init => field = Fixed(value); } = [];

    /// <summary>
    /// Whether nobody says which of these a client with a secret uses, so that where the server refuses one the other standard way is tried
    /// once: HTTP Basic or the form body, id and secret form-encoded or plain.
    /// </summary>
    public bool FindsClientAuthentication { get; init; }

    /// <summary>How clients write their assertions; null where that is as usual.</summary>
    public ClientAssertionFormat? ClientAssertion { get; init; }

    /// <summary>How id and secret are joined for HTTP Basic.</summary>
    public BasicEncoding BasicEncoding { get; init; } = BasicEncoding.FormEncoded;

    /// <summary>What the flow <see cref="OAuthFlow.Basic"/> does here; null where it is not offered.</summary>
    public BasicAccess? Basic { get; init; }

    /// <summary>Where the parameters of a token request travel.</summary>
    public ParameterPlacement TokenParameters { get; init; } = ParameterPlacement.Body;

    /// <summary>Token requests that differ from those of the specifications, one item for a flow.</summary>
    public IReadOnlyList<GrantFormat> Grants { get; init => field = Fixed(value); } = [];

    /// <summary>The headers that requests to the authorization server need besides.</summary>
    public IReadOnlyList<TokenHeader> TokenHeaders { get; init => field = Fixed(value); } = [];

    /// <summary>Where the token of a revocation request travels. In the query the client does not authenticate besides.</summary>
    public ParameterPlacement RevocationParameters { get; init; } = ParameterPlacement.Body;

    /// <summary>Whether the password flow also needs the client to authenticate.</summary>
    public bool PasswordNeedsClient { get; init; } = true;

    /// <summary>Whether <c>scope</c> is sent at all.</summary>
    public bool SendsScope { get; init; } = true;

    /// <summary>The flows that the provider refuses without a scope.</summary>
    public IReadOnlyList<OAuthFlow> ScopeNeededBy { get; init => field = Fixed(value); } = [];

    /// <summary>Whether a refresh request repeats the scope.</summary>
    public bool RefreshSendsScope { get; init; }

    /// <summary>Whether the code exchange repeats <c>redirect_uri</c> (RFC 6749 section 4.1.3).</summary>
    public bool CodeExchangeSendsRedirectUri { get; init; } = true;

    /// <summary>Whether the code exchange repeats the scope.</summary>
    public bool CodeExchangeSendsScope { get; init; }

    /// <summary>Whether the code exchange has <c>client_id</c> also beside HTTP Basic.</summary>
    public bool CodeExchangeSendsClientId { get; init; }

    /// <summary>Whether the provider documents PKCE (RFC 7636).</summary>
    public bool SupportsPkce { get; init; } = true;

    /// <summary>Whether the authorization response names its issuer (RFC 9207): then it must, and must name this one.</summary>
    public bool AuthorizationResponseHasIssuer { get; init; }

    /// <summary>The algorithms an ID token may be signed with; <c>none</c> and those of a shared secret are never taken.</summary>
    public IReadOnlyList<string> IdTokenAlgorithms { get; init => field = Fixed(value); } = ["RS256"];

    /// <summary>
    /// The parties besides the client that an ID token may name: clients that may use it (<c>azp</c>), and others that it is meant for
    /// (<c>aud</c>). Any other is refused (OpenID Connect Core 1.0 section 3.1.3.7).
    /// </summary>
    public IReadOnlyList<string> IdTokenParties { get; init => field = Fixed(value); } = [];

    /// <summary>What asks for a refresh token when a person signs in; null where one is given without asking.</summary>
    public FixedParameter? OfflineAccess { get; init; }

    /// <summary>What becomes of a refresh token when it is used.</summary>
    public RefreshTokenUse RefreshTokens { get; init; } = RefreshTokenUse.Unknown;

    /// <summary>
    /// Where the APIs are that take the provider's tokens: paths below the service URL, or whole URLs, of which the origins count
    /// (RFC 6454). Empty where nobody says: a session then learns it from the first address that is called.
    /// </summary>
    public IReadOnlyList<string> ApiUrls { get; init => field = Fixed(value); } = [];

    /// <summary>The headers an API call needs besides <c>Authorization</c>.</summary>
    public IReadOnlyList<ApiHeader> ApiHeaders { get; init => field = Fixed(value); } = [];

    /// <summary>
    /// The scheme with which API calls carry a token in <c>Authorization</c> (RFC 9110 section 11.4); null for <c>Bearer</c> (RFC 6750).
    /// </summary>
    public string? ApiAuthorizationScheme { get; init; }

    /// <summary>Where this provider is not what one would expect, each with its source.</summary>
    public IReadOnlyList<ProviderQuirk> Quirks { get; init => field = Fixed(value); } = [];

    /// <summary>The path of the introspection endpoint (RFC 7662); null where none is documented.</summary>
    public string? IntrospectionEndpoint { get; init; }

    /// <summary>The path of the UserInfo endpoint (OpenID Connect Core 1.0 section 5.3); null where there is none.</summary>
    public string? UserInfoEndpoint { get; init; }

    /// <summary>
    /// The algorithms with which a client may sign its assertion (RFC 8414 <c>token_endpoint_auth_signing_alg_values_supported</c>);
    /// empty where the provider does not say.
    /// </summary>
    public IReadOnlyList<string> TokenEndpointAuthSigningAlgorithms { get; init => field = Fixed(value); } = [];

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>How failures and notices name it.</summary>
    internal ProviderNames Names => new(Name, DisplayName);

    /// <summary>Where it is.</summary>
    /// <param name="serviceUrl">What the user says; its documented address when null.</param>
    /// <exception cref="OAuthUsageException">The address is needed, or is not HTTPS.</exception>
    internal Uri AddressAt(Uri? serviceUrl) =>
        SecureUrl.Require(serviceUrl ?? ServiceUrl ?? throw Errors.ServiceUrlNeeded(Names, ServiceUrlExample));

    // A type that PowerShell can index ($provider.Flows[0]): what the compiler makes for a list in brackets it cannot. JSON may put
    // null where C# has none: ProviderShape says so, in words.
    private static ReadOnlyCollection<T> Fixed<T>(IEnumerable<T>? list) => list is null ? null! : Array.AsReadOnly([.. list]);

    /// <summary>The URL of one of the paths above at a service.</summary>
    internal static Uri At(Uri serviceUrl, string path) => path.Contains("://", StringComparison.Ordinal)
        ? new Uri(path)
        : new Uri(serviceUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') + path);
}
