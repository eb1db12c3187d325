using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>
/// Finds out what a server says of itself: OpenID Connect Discovery 1.0 section 4, else RFC 8414 section 3. What was found is kept for as
/// long as its response allows, a day at most, since endpoints hardly ever move and every sign-in would ask again.
/// </summary>
public sealed class Discovery
{
    private static readonly ConditionalWeakTable<HttpTransport, Discovery> _all = [];

    private readonly ConcurrentDictionary<string, KeptDocument<ServerMetadata>> _found = new(StringComparer.Ordinal);
    private readonly HttpTransport _transport;

    private Discovery(HttpTransport transport) => _transport = transport;

    /// <summary>What is known of servers through a transport, and through those made of it for certificates.</summary>
    public static Discovery Of(HttpTransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return _all.GetValue(transport.WithoutCertificate, static through => new Discovery(through));
    }

    /// <summary>The metadata of an issuer.</summary>
    /// <param name="issuer">The issuer, exactly as the server names itself.</param>
    /// <param name="refresh">Asks again although the response is known.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="OAuthUsageException">The issuer is not an HTTPS URL without query and fragment.</exception>
    /// <exception cref="OAuthException">There is no document, or it is not this issuer's, or not safe to use.</exception>
    public async Task<ServerMetadata> GetAsync(
        string issuer, bool refresh = false, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(issuer);
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url) || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            // RFC 8414 section 2.
            throw Errors.InvalidIssuer(issuer);
        }

        SecureUrl.Require(url);
        var document = _found.GetOrAdd(
            issuer, name => new(told => FetchAsync(name, url, told), _transport.TimeProvider, repeatsFailure: false));
        return await document.GetAsync(_ => true, refresh, log ?? NoFlowLog.Instance, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the metadata of an issuer is known, so that nothing is sent to tell it.</summary>
    internal bool IsKnown(string issuer) => _found.TryGetValue(issuer, out var document) && document.IsFresh;

    private async Task<ReadDocument<ServerMetadata>> FetchAsync(string issuer, Uri url, IFlowLog log)
    {
        // OpenID Connect puts the well-known part behind the issuer's path, RFC 8414 section 3.1 before it.
        var origin = url.GetLeftPart(UriPartial.Authority);
        var path = url.AbsolutePath.TrimEnd('/');
        Uri[] places = [
            new($"{origin}{path}/.well-known/openid-configuration"), new($"{origin}/.well-known/oauth-authorization-server{path}")];
        var failures = new List<OAuthException>();
        foreach (var place in places)
        {
            try
            {
                var (request, response) = await RepeatedRequest
                    .SendAsync(
                        _transport,
                        () => new DocumentRequest(place, "metadata request"),
                        HttpTransport.DefaultTimeout,
                        log,
                        CancellationToken.None).ConfigureAwait(false);
                var metadata = Check(issuer, url, request, response.EnsureSuccess(request), log);
                return new(metadata, CacheLifetime.Of(response, _transport.TimeProvider.GetUtcNow()));
            }
            catch (OAuthException failure) when (MayBeElsewhere(failure))
            {
                failures.Add(failure);
            }
        }

        var whatHappened = failures.Select(failure => failure.WhatHappened);
        throw failures.Exists(failure => failure is OAuthProtocolException) ? Errors.MetadataNotJson(issuer, whatHappened)
            : failures.OfType<OAuthServerException>().LastOrDefault() is { } refused
                ? Errors.MetadataRefused(issuer, whatHappened, refused.StatusCode)
            : failures[0];
    }

    // A gateway answers what it does not know with any refusal, with a page, or with the way to one. Metadata that must not be used, and
    // a server that asks for fewer requests, are no reason to look further.
    private static bool MayBeElsewhere(OAuthException failure) =>
        failure.Id == OAuthErrorId.ResponseNotJson || failure.Id == OAuthErrorId.RedirectToOtherOrigin
        || (failure is OAuthServerException && failure.Id != OAuthErrorId.TooManyRequests);

    private static ServerMetadata Check(string issuer, Uri url, OAuthRequest request, HttpResponse response, IFlowLog log)
    {
        var metadata = ServerMetadataReader.Read(response, request, out var passedOver)
            ?? throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
        if (passedOver.Count > 0)
        {
            log.Verbose(Notices.MetadataPassedOver(issuer, passedOver));
        }

        // RFC 8414 section 3.3: identical, or the document must not be used.
        if (!string.Equals(metadata.Issuer, issuer, StringComparison.Ordinal) && !TenantIssuer.IsOfAll(issuer, metadata.Issuer))
        {
            throw Errors.IssuerMismatch(issuer, WireFormat.Clean(metadata.Issuer ?? "", []));
        }

        foreach (var (name, endpoint) in metadata.Endpoints)
        {
            // A server elsewhere must not send credentials to whatever listens on this machine.
            if (endpoint is not null
                && !(endpoint.IsAbsoluteUri && endpoint.UserInfo.Length == 0 && SecureUrl.IsAllowed(endpoint)
                    && SecureUrl.IsHarmless(endpoint)
                && (endpoint.Scheme == Uri.UriSchemeHttps || SecureUrl.IsLoopback(url))))
            {
                throw Errors.MetadataEndpoint(issuer, name);
            }
        }

        return metadata.WithoutHarmfulNames();
    }
}
