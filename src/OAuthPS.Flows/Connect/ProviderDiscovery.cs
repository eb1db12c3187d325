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

        var complete = DiscoveredEndpoints.Complete(provider, metadata, transport.PresentsCertificate) with
        {
            Issuer = issuer,
            TokenIssuer = metadata.Issuer,
            ServiceUrl = new Uri(issuer),
            RequiresSignedRequestObject = metadata.RequireSignedRequestObject || provider.RequiresSignedRequestObject,
            RequestObjectSigningAlgorithms = metadata.RequestObjectSigningAlgValuesSupported ?? provider.RequestObjectSigningAlgorithms,
            SignsAuthorizationResponse = metadata.ResponseModesSupported?.Contains("jwt") ?? provider.SignsAuthorizationResponse,
            AuthorizationSigningAlgorithms = metadata.AuthorizationSigningAlgValuesSupported ?? provider.AuthorizationSigningAlgorithms,
            FindsClientAuthentication = provider.FindsClientAuthentication || !IsStated(provider, provider.ClientAuthentications),
            AuthorizationResponseHasIssuer = metadata.AuthorizationResponseIssParameterSupported,
            IdTokenAlgorithms = metadata.IdTokenSigningAlgValuesSupported ?? provider.IdTokenAlgorithms,
            TokenEndpointAuthSigningAlgorithms = metadata.TokenEndpointAuthSigningAlgValuesSupported
                ?? provider.TokenEndpointAuthSigningAlgorithms,
            ClientAuthentications = IsStated(provider, provider.ClientAuthentications)
                ? provider.ClientAuthentications
                : ClientAuthentications(metadata),
        };
        return complete.TokenEndpoint is null ? throw Errors.MetadataMember(issuer, "token_endpoint") : WithFlows(complete, metadata);
    }

    // What a provider file states goes before what the server announces: whoever wrote it had a reason.
    private static bool IsStated<T>(OAuthProvider provider, IReadOnlyList<T> stated) => stated.Count > 0 && !provider.FollowsMetadata;

    private static OAuthProvider WithFlows(OAuthProvider provider, ServerMetadata metadata)
    {
        var possible = KnownFlows.All.Where(flow => flow.FlawOf(provider) is null).ToList();
        if (IsStated(provider, provider.Flows))
        {
            return provider with { Flows = [.. provider.Flows.Where(stated => possible.Exists(flow => flow.Name == stated))] };
        }

        var offered = possible.Where(flow => flow.IsOffered(metadata)).ToList();
        return provider with
        {
            Flows = [.. offered.Select(flow => flow.Name)],
            UnlistedFlows = [.. possible.Except(offered).Where(flow => flow.GrantType is not null).Select(flow => flow.Name)],
        };
    }

    private static List<ClientAuthenticationMethod> ClientAuthentications(ServerMetadata metadata)
    {
        if (metadata.TokenEndpointAuthMethodsSupported is not { } methods)
        {
            // RFC 8414 section 2 has the first of these for the default; but silence forbids none of the others, and the server itself
            // refuses what it does not take.
            return [
                ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post, ClientAuthenticationMethod.PrivateKeyJwt,
                ClientAuthenticationMethod.Tls, ClientAuthenticationMethod.SecretJwt, ClientAuthenticationMethod.None];
        }

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
