using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>
/// Finds out what a server says of itself: OpenID Connect Discovery 1.0 section 4, else RFC 8414 section 3. What was found is
/// kept as long as the transport lives, since endpoints hardly ever move and every sign-in would ask again.
/// </summary>
public sealed class Discovery
{
    private static readonly ConditionalWeakTable<HttpTransport, Discovery> _all = [];

    private readonly ConcurrentDictionary<string, ServerMetadata> _found = new(StringComparer.Ordinal);
    private readonly HttpTransport _transport;

    private Discovery(HttpTransport transport) => _transport = transport;

    /// <summary>What is known of servers through a transport, and through those made of it for certificates.</summary>
    public static Discovery Of(HttpTransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        return _all.GetValue(transport.Root, static root => new Discovery(root));
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
        if (!refresh && _found.TryGetValue(issuer, out var known))
        {
            return known;
        }

        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var url) || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            // RFC 8414 section 2.
            throw Errors.InvalidIssuer(issuer);
        }

        SecureUrl.Require(url);
        var metadata = await FetchAsync(issuer, url, log ?? NoFlowLog.Instance, cancellationToken).ConfigureAwait(false);
        _found[issuer] = metadata;
        return metadata;
    }

    /// <summary>Whether the metadata of an issuer is known, so that nothing is sent to tell it.</summary>
    internal bool IsKnown(string issuer) => _found.ContainsKey(issuer);

    private async Task<ServerMetadata> FetchAsync(string issuer, Uri url, IFlowLog log, CancellationToken cancellationToken)
    {
        // OpenID Connect puts the well-known part behind the issuer's path, RFC 8414 section 3.1 before it.
        var origin = url.GetLeftPart(UriPartial.Authority);
        var path = url.AbsolutePath.TrimEnd('/');
        Uri[] places = [
            new($"{origin}{path}/.well-known/openid-configuration"), new($"{origin}/.well-known/oauth-authorization-server{path}")];
        foreach (var place in places)
        {
            var (request, response) = await RepeatedRequest
                .SendAsync(
                    _transport,
                    () => new DocumentRequest(place, "metadata request"),
                    HttpTransport.DefaultTimeout,
                    log,
                    cancellationToken).ConfigureAwait(false);
            if (response.StatusCode != HttpStatusCode.NotFound || place == places[^1])
            {
                return Check(issuer, url, request, response.EnsureSuccess(request));
            }
        }

        throw new InvalidOperationException("There is a last place.");
    }

    private static ServerMetadata Check(string issuer, Uri url, OAuthRequest request, HttpResponse response)
    {
        var metadata = JsonResponse.Read(response, request, ServerMetadataJson.Default.ServerMetadata);

        // RFC 8414 section 3.3: identical, or the document must not be used.
        if (!string.Equals(metadata.Issuer, issuer, StringComparison.Ordinal))
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
