using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Connect;

/// <summary>Completes a provider that is known by its issuer with what its server says of itself.</summary>
public static class ProviderDiscovery
{
    /// <summary>The provider with its endpoints, flows and client authentications; the provider itself when it has no issuer.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="serviceUrl">Where it is instead of its issuer; null for the issuer.</param>
    /// <param name="transport">What asks.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="OAuthException">The metadata could not be had, or is not safe to use.</exception>
    public static async Task<OAuthProvider> CompleteAsync(
        OAuthProvider provider, Uri? serviceUrl, HttpTransport transport, IFlowLog? log = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(transport);
        if (provider.Issuer is null)
        {
            return provider;
        }

        var issuer = serviceUrl?.OriginalString ?? provider.Issuer;
        var metadata = await Discovery.Of(transport).GetAsync(issuer, refresh: false, log, cancellationToken).ConfigureAwait(false);

        // RFC 8705 section 5: a server may have other addresses for those who present a certificate.
        var aliases = transport.PresentsCertificate ? metadata.MtlsEndpointAliases : null;
        return provider with
        {
            Issuer = issuer,
            ServiceUrl = new Uri(issuer),
            TokenEndpoint = (aliases?.TokenEndpoint ?? metadata.TokenEndpoint)?.OriginalString ?? provider.TokenEndpoint
                ?? throw Errors.MetadataMember(issuer, "token_endpoint"),
            AuthorizationEndpoint = metadata.AuthorizationEndpoint?.OriginalString ?? provider.AuthorizationEndpoint,
            DeviceAuthorizationEndpoint = (aliases?.DeviceAuthorizationEndpoint ?? metadata.DeviceAuthorizationEndpoint)?.OriginalString
                ?? provider.DeviceAuthorizationEndpoint,
            RevocationEndpoint = (aliases?.RevocationEndpoint ?? metadata.RevocationEndpoint)?.OriginalString
                ?? provider.RevocationEndpoint,
            PushedAuthorizationRequestEndpoint = (
                aliases?.PushedAuthorizationRequestEndpoint ?? metadata.PushedAuthorizationRequestEndpoint)?.OriginalString
                ?? provider.PushedAuthorizationRequestEndpoint,
            RequiresSignedRequestObject = metadata.RequireSignedRequestObject || provider.RequiresSignedRequestObject,
            RequestObjectSigningAlgorithms = metadata.RequestObjectSigningAlgValuesSupported ?? provider.RequestObjectSigningAlgorithms,
            SignsAuthorizationResponse = metadata.ResponseModesSupported?.Contains("jwt") ?? provider.SignsAuthorizationResponse,
            AuthorizationSigningAlgorithms = metadata.AuthorizationSigningAlgValuesSupported ?? provider.AuthorizationSigningAlgorithms,
            JwksEndpoint = metadata.JwksUri?.OriginalString ?? provider.JwksEndpoint,
            Flows = Flows(metadata),
            ClientAuthentications = ClientAuthentications(metadata),
            AuthorizationResponseHasIssuer = metadata.AuthorizationResponseIssParameterSupported,
            IdTokenAlgorithms = metadata.IdTokenSigningAlgValuesSupported ?? provider.IdTokenAlgorithms,
            IntrospectionEndpoint = (aliases?.IntrospectionEndpoint ?? metadata.IntrospectionEndpoint)?.OriginalString
                ?? provider.IntrospectionEndpoint,
            UserInfoEndpoint = (aliases?.UserInfoEndpoint ?? metadata.UserInfoEndpoint)?.OriginalString ?? provider.UserInfoEndpoint,
            TokenEndpointAuthSigningAlgorithms = metadata.TokenEndpointAuthSigningAlgValuesSupported
                ?? provider.TokenEndpointAuthSigningAlgorithms,
        };
    }

    // RFC 8414 section 2 names the defaults of what a server leaves out.
    private static List<OAuthFlow> Flows(ServerMetadata metadata)
    {
        var grantTypes = metadata.GrantTypesSupported ?? [GrantTypes.AuthorizationCode, "implicit"];
        return [.. KnownFlows.All.Where(flow => flow.IsOffered(metadata, grantTypes)).Select(flow => flow.Name)];
    }

    private static List<ClientAuthenticationMethod> ClientAuthentications(ServerMetadata metadata)
    {
        var methods = metadata.TokenEndpointAuthMethodsSupported ?? ["client_secret_basic"];
        (string Name, ClientAuthenticationMethod Method)[] known =
        [
            ("private_key_jwt", ClientAuthenticationMethod.PrivateKeyJwt),
            ("tls_client_auth", ClientAuthenticationMethod.Tls),
            ("self_signed_tls_client_auth", ClientAuthenticationMethod.Tls),
            ("client_secret_basic", ClientAuthenticationMethod.Basic),
            ("client_secret_post", ClientAuthenticationMethod.Post),
            ("client_secret_jwt", ClientAuthenticationMethod.SecretJwt),
        ];

        // A public client names itself and needs no announcement (RFC 6749 section 3.2.1).
        return [
            .. known.Where(item => methods.Contains(item.Name)).Select(item => item.Method).Distinct(), ClientAuthenticationMethod.None];
    }
}
