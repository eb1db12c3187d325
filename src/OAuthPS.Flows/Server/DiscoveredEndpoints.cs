using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Server;

/// <summary>The endpoints and keys of a provider that is known by its issuer, as its metadata name them.</summary>
internal static class DiscoveredEndpoints
{
    // A renewal can do without them, and others may wait for it.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    /// <summary>The provider with what metadata name; its own where they are silent.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="metadata">What its server says of itself.</param>
    /// <param name="presentsCertificate">
    /// Whether the client presents a TLS certificate: a server may have other addresses for those who do (RFC 8705 section 5).
    /// </param>
    internal static OAuthProvider Complete(OAuthProvider provider, ServerMetadata metadata, bool presentsCertificate)
    {
        var aliases = presentsCertificate ? metadata.MtlsEndpointAliases : null;
        return provider with
        {
            TokenEndpoint = (aliases?.TokenEndpoint ?? metadata.TokenEndpoint)?.OriginalString ?? provider.TokenEndpoint,
            AuthorizationEndpoint = metadata.AuthorizationEndpoint?.OriginalString ?? provider.AuthorizationEndpoint,
            DeviceAuthorizationEndpoint = (aliases?.DeviceAuthorizationEndpoint ?? metadata.DeviceAuthorizationEndpoint)?.OriginalString
                ?? provider.DeviceAuthorizationEndpoint,
            RevocationEndpoint = (aliases?.RevocationEndpoint ?? metadata.RevocationEndpoint)?.OriginalString
                ?? provider.RevocationEndpoint,
            PushedAuthorizationRequestEndpoint = (
                aliases?.PushedAuthorizationRequestEndpoint ?? metadata.PushedAuthorizationRequestEndpoint)?.OriginalString
                ?? provider.PushedAuthorizationRequestEndpoint,
            IntrospectionEndpoint = (aliases?.IntrospectionEndpoint ?? metadata.IntrospectionEndpoint)?.OriginalString
                ?? provider.IntrospectionEndpoint,
            UserInfoEndpoint = (aliases?.UserInfoEndpoint ?? metadata.UserInfoEndpoint)?.OriginalString ?? provider.UserInfoEndpoint,
            JwksEndpoint = metadata.JwksUri?.OriginalString ?? provider.JwksEndpoint,
        };
    }

    /// <summary>
    /// The provider of a session that goes on, with the endpoints that it uses where metadata name them now.
    /// </summary>
    /// <param name="connected">The provider as it is known to the session.</param>
    /// <param name="serviceUrl">Where the provider is.</param>
    /// <param name="transport">What asks.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OAuthException">An endpoint has moved to another origin, or the metadata must not be used.</exception>
    internal static async Task<OAuthProvider> FollowAsync(
        OAuthProvider connected, Uri serviceUrl, HttpTransport transport, IFlowLog log, CancellationToken cancellationToken)
    {
        if (Origins(connected, serviceUrl) is not { } origins)
        {
            return connected;
        }

        try
        {
            var metadata = await Discovery.Of(transport).GetAsync(connected.Issuer!, refresh: false, log, cancellationToken)
                .WaitAsync(_patience, transport.TimeProvider, cancellationToken).ConfigureAwait(false);
            return Within(origins, Complete(connected, metadata, transport.PresentsCertificate), serviceUrl);
        }
        catch (OAuthException failure) when (
            failure.Id != OAuthErrorId.EndpointMoved && failure.Id != OAuthErrorId.IssuerMismatch
            && failure.Id != OAuthErrorId.MetadataInsecure)
        {
            // The session knows where its tokens come from, and sends them nowhere else. That its server does not say so now ends nothing.
            log.Verbose($"{failure.WhatHappened} The session goes on with the endpoints that it knows.");
            return connected;
        }
        catch (TimeoutException)
        {
            log.Verbose("The metadata is slow to come. The session goes on with the endpoints that it knows.");
            return connected;
        }
    }

    /// <summary>
    /// The origins of the endpoints that a session uses, by their names in the metadata; null where no metadata names them.
    /// </summary>
    internal static IReadOnlyDictionary<string, string>? Origins(OAuthProvider provider, Uri serviceUrl)
    {
        (string Name, string? Path)[] used =
        [
            ("token_endpoint", provider.TokenEndpoint), ("revocation_endpoint", provider.RevocationEndpoint),
            ("introspection_endpoint", provider.IntrospectionEndpoint), ("userinfo_endpoint", provider.UserInfoEndpoint),
            ("jwks_uri", provider.JwksEndpoint),
        ];
        return provider.Issuer is null ? null : used.Where(endpoint => endpoint.Path is not null).ToDictionary(
            endpoint => endpoint.Name, endpoint => OAuthProvider.At(serviceUrl, endpoint.Path!).GetLeftPart(UriPartial.Authority));
    }

    /// <summary>
    /// A provider whose endpoints are at the origins that a session knows. What the session got at one origin is not sent to another,
    /// whoever says so; and an endpoint that was not there before is not taken up.
    /// </summary>
    /// <param name="origins">The origins.</param>
    /// <param name="now">The provider as its metadata are now.</param>
    /// <param name="serviceUrl">Where the provider is.</param>
    /// <exception cref="OAuthConnectionException">An endpoint has moved to another origin.</exception>
    internal static OAuthProvider Within(IReadOnlyDictionary<string, string> origins, OAuthProvider now, Uri serviceUrl)
    {
        return now with
        {
            TokenEndpoint = Kept("token_endpoint", now.TokenEndpoint),
            RevocationEndpoint = Kept("revocation_endpoint", now.RevocationEndpoint),
            IntrospectionEndpoint = Kept("introspection_endpoint", now.IntrospectionEndpoint),
            UserInfoEndpoint = Kept("userinfo_endpoint", now.UserInfoEndpoint),
            JwksEndpoint = Kept("jwks_uri", now.JwksEndpoint),
        };

        string? Kept(string name, string? endpoint) =>
            endpoint is null || !origins.TryGetValue(name, out var origin) ? null
            : OAuthProvider.At(serviceUrl, endpoint) is var url && SecureUrl.IsSameOrigin(new Uri(origin), url) ? endpoint
            : throw Errors.EndpointMoved(now.Names, name, url);
    }
}
