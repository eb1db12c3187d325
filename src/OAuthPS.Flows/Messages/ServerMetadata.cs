using System.Text.Json.Serialization;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// What an authorization server says of itself (RFC 8414 section 2, OpenID Connect Discovery 1.0 section 3). Members under their
/// specified names; a list that the server left out is null.
/// </summary>
public sealed record ServerMetadata
{
    /// <summary><c>issuer</c>: who the server is, compared exactly.</summary>
    [JsonPropertyName("issuer")]
    public string? Issuer { get; init; }

    /// <summary><c>authorization_endpoint</c>.</summary>
    [JsonPropertyName("authorization_endpoint")]
    public Uri? AuthorizationEndpoint { get; init; }

    /// <summary><c>token_endpoint</c>.</summary>
    [JsonPropertyName("token_endpoint")]
    public Uri? TokenEndpoint { get; init; }

    /// <summary><c>device_authorization_endpoint</c> (RFC 8628 section 4).</summary>
    [JsonPropertyName("device_authorization_endpoint")]
    public Uri? DeviceAuthorizationEndpoint { get; init; }

    /// <summary><c>revocation_endpoint</c> (RFC 7009).</summary>
    [JsonPropertyName("revocation_endpoint")]
    public Uri? RevocationEndpoint { get; init; }

    /// <summary><c>pushed_authorization_request_endpoint</c> (RFC 9126 section 5).</summary>
    [JsonPropertyName("pushed_authorization_request_endpoint")]
    public Uri? PushedAuthorizationRequestEndpoint { get; init; }

    /// <summary><c>require_signed_request_object</c> (RFC 9101 section 10.5).</summary>
    [JsonPropertyName("require_signed_request_object")]
    public bool RequireSignedRequestObject { get; init; }

    /// <summary><c>request_object_signing_alg_values_supported</c> (RFC 9101 section 10.5).</summary>
    [JsonPropertyName("request_object_signing_alg_values_supported")]
    public IReadOnlyList<string>? RequestObjectSigningAlgValuesSupported { get; init; }

    /// <summary><c>response_modes_supported</c>; <c>jwt</c> among them is JARM.</summary>
    [JsonPropertyName("response_modes_supported")]
    public IReadOnlyList<string>? ResponseModesSupported { get; init; }

    /// <summary><c>authorization_signing_alg_values_supported</c> (JARM section 4).</summary>
    [JsonPropertyName("authorization_signing_alg_values_supported")]
    public IReadOnlyList<string>? AuthorizationSigningAlgValuesSupported { get; init; }

    /// <summary><c>introspection_endpoint</c> (RFC 7662).</summary>
    [JsonPropertyName("introspection_endpoint")]
    public Uri? IntrospectionEndpoint { get; init; }

    /// <summary><c>userinfo_endpoint</c> (OpenID Connect Core 1.0 section 5.3).</summary>
    [JsonPropertyName("userinfo_endpoint")]
    public Uri? UserInfoEndpoint { get; init; }

    /// <summary><c>jwks_uri</c>: the server's public keys (RFC 7517).</summary>
    [JsonPropertyName("jwks_uri")]
    public Uri? JwksUri { get; init; }

    /// <summary><c>scopes_supported</c>.</summary>
    [JsonPropertyName("scopes_supported")]
    public IReadOnlyList<string>? ScopesSupported { get; init; }

    /// <summary><c>response_types_supported</c>.</summary>
    [JsonPropertyName("response_types_supported")]
    public IReadOnlyList<string>? ResponseTypesSupported { get; init; }

    /// <summary><c>grant_types_supported</c>; when left out, <c>authorization_code</c> and <c>implicit</c> (RFC 8414 section 2).</summary>
    [JsonPropertyName("grant_types_supported")]
    public IReadOnlyList<string>? GrantTypesSupported { get; init; }

    /// <summary><c>token_endpoint_auth_methods_supported</c>; when left out, <c>client_secret_basic</c>.</summary>
    [JsonPropertyName("token_endpoint_auth_methods_supported")]
    public IReadOnlyList<string>? TokenEndpointAuthMethodsSupported { get; init; }

    /// <summary><c>code_challenge_methods_supported</c> (RFC 7636).</summary>
    [JsonPropertyName("code_challenge_methods_supported")]
    public IReadOnlyList<string>? CodeChallengeMethodsSupported { get; init; }

    /// <summary><c>id_token_signing_alg_values_supported</c>.</summary>
    [JsonPropertyName("id_token_signing_alg_values_supported")]
    public IReadOnlyList<string>? IdTokenSigningAlgValuesSupported { get; init; }

    /// <summary><c>authorization_response_iss_parameter_supported</c> (RFC 9207 section 3).</summary>
    [JsonPropertyName("authorization_response_iss_parameter_supported")]
    public bool AuthorizationResponseIssParameterSupported { get; init; }

    /// <summary><c>mtls_endpoint_aliases</c>: where those go who present a TLS certificate (RFC 8705 section 5).</summary>
    [JsonPropertyName("mtls_endpoint_aliases")]
    public MtlsEndpointAliases? MtlsEndpointAliases { get; init; }

    /// <summary><c>token_endpoint_auth_signing_alg_values_supported</c>: how a client's assertion may be signed.</summary>
    [JsonPropertyName("token_endpoint_auth_signing_alg_values_supported")]
    public IReadOnlyList<string>? TokenEndpointAuthSigningAlgValuesSupported { get; init; }

    /// <summary>The endpoints that are there, by the names above.</summary>
    [JsonIgnore]
    internal IEnumerable<(string Name, Uri? Url)> Endpoints =>
    [
        (
            "authorization_endpoint",
            AuthorizationEndpoint), ("token_endpoint", TokenEndpoint), ("device_authorization_endpoint", DeviceAuthorizationEndpoint),
        (
            "pushed_authorization_request_endpoint",
            PushedAuthorizationRequestEndpoint), (
                "revocation_endpoint",
                RevocationEndpoint), (
                    "introspection_endpoint",
                    IntrospectionEndpoint), (
                        "userinfo_endpoint", UserInfoEndpoint), ("jwks_uri", JwksUri), .. MtlsEndpointAliases?.Endpoints
            ?? [],
    ];

    /// <summary>
    /// Without the names that have a character which a terminal obeys or does not show: no specification has such a name.
    /// </summary>
    internal ServerMetadata WithoutHarmfulNames() => this with
    {
        RequestObjectSigningAlgValuesSupported = Harmless(RequestObjectSigningAlgValuesSupported),
        ResponseModesSupported = Harmless(ResponseModesSupported),
        AuthorizationSigningAlgValuesSupported = Harmless(AuthorizationSigningAlgValuesSupported),
        ScopesSupported = Harmless(ScopesSupported),
        ResponseTypesSupported = Harmless(ResponseTypesSupported),
        GrantTypesSupported = Harmless(GrantTypesSupported),
        TokenEndpointAuthMethodsSupported = Harmless(TokenEndpointAuthMethodsSupported),
        CodeChallengeMethodsSupported = Harmless(CodeChallengeMethodsSupported),
        IdTokenSigningAlgValuesSupported = Harmless(IdTokenSigningAlgValuesSupported),
        TokenEndpointAuthSigningAlgValuesSupported = Harmless(TokenEndpointAuthSigningAlgValuesSupported),
    };

    private static List<string>? Harmless(IReadOnlyList<string?>? names) =>
        names is null ? null : [.. names.OfType<string>().Where(TerminalText.IsHarmless)];

    /// <summary>The issuer.</summary>
    public override string ToString() => Issuer ?? "";
}

[JsonSerializable(typeof(ServerMetadata))]
internal sealed partial class ServerMetadataJson : JsonSerializerContext;
