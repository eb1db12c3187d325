using System.Text.Json.Serialization;

namespace OAuthPS.Flows.Messages;

/// <summary>The endpoints for clients that present a TLS certificate, where they are others than the usual (RFC 8705 section 5).</summary>
public sealed record MtlsEndpointAliases
{
    /// <summary><c>token_endpoint</c>.</summary>
    [JsonPropertyName("token_endpoint")]
    public Uri? TokenEndpoint { get; init; }

    /// <summary><c>device_authorization_endpoint</c>.</summary>
    [JsonPropertyName("device_authorization_endpoint")]
    public Uri? DeviceAuthorizationEndpoint { get; init; }

    /// <summary><c>pushed_authorization_request_endpoint</c>.</summary>
    [JsonPropertyName("pushed_authorization_request_endpoint")]
    public Uri? PushedAuthorizationRequestEndpoint { get; init; }

    /// <summary><c>revocation_endpoint</c>.</summary>
    [JsonPropertyName("revocation_endpoint")]
    public Uri? RevocationEndpoint { get; init; }

    /// <summary><c>introspection_endpoint</c>.</summary>
    [JsonPropertyName("introspection_endpoint")]
    public Uri? IntrospectionEndpoint { get; init; }

    /// <summary><c>userinfo_endpoint</c>.</summary>
    [JsonPropertyName("userinfo_endpoint")]
    public Uri? UserInfoEndpoint { get; init; }

    [JsonIgnore]
    internal IEnumerable<(string Name, Uri? Url)> Endpoints =>
    [
        ("token_endpoint", TokenEndpoint), ("device_authorization_endpoint", DeviceAuthorizationEndpoint),
        ("pushed_authorization_request_endpoint", PushedAuthorizationRequestEndpoint), ("revocation_endpoint", RevocationEndpoint),
        ("introspection_endpoint", IntrospectionEndpoint), ("userinfo_endpoint", UserInfoEndpoint),
    ];
}
