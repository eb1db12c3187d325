using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.Server;

/// <summary>
/// A server's public keys (RFC 7517), kept between uses. A key that is not there is looked for once more, since servers change
/// their keys; but not more than once a minute, also where that fails, since anybody can make up a <c>kid</c>.
/// </summary>
internal sealed class KeySet
{
    private static readonly ConditionalWeakTable<HttpTransport, ConcurrentDictionary<Uri, KeySet>> _all = [];

    private readonly Uri _url;
    private readonly HttpTransport _transport;
    private readonly KeptDocument<IReadOnlyList<JsonElement>> _document;

    private KeySet(Uri url, HttpTransport transport)
    {
        (_url, _transport) = (url, transport);
        _document = new KeptDocument<IReadOnlyList<JsonElement>>(FetchAsync, transport.TimeProvider, repeatsFailure: true);
    }

    /// <summary>The keys at an address, kept for all who use the transport. A client's certificate is not for that address.</summary>
    internal static KeySet At(HttpTransport transport, Uri url) =>
        _all.GetOrCreateValue(transport.Root).GetOrAdd(url, static (address, through) => new KeySet(address, through), transport.Root);

    /// <summary>The keys that an issuer's metadata name, and the issuer as tokens do.</summary>
    internal static async Task<(KeySet Keys, string Issuer)> OfIssuerAsync(
        HttpTransport transport, string issuer, IFlowLog log, CancellationToken cancellationToken)
    {
        var metadata = await Discovery.Of(transport).GetAsync(issuer, refresh: false, log, cancellationToken).ConfigureAwait(false);
        return (At(transport, metadata.JwksUri ?? throw Errors.MetadataMember(issuer, "jwks_uri")), metadata.Issuer!);
    }

    /// <returns>The key as JSON, or null when there is none that fits, or more than one.</returns>
    internal async Task<JsonElement?> FindAsync(string? keyId, string algorithm, IFlowLog log, CancellationToken cancellationToken)
    {
        var keys = await _document.GetAsync(
            known => Select(known, keyId, algorithm) is not null, refresh: false, log, cancellationToken).ConfigureAwait(false);
        return Select(keys, keyId, algorithm);
    }

    // OpenID Connect Core 1.0 section 10.1: without a kid there must be one key only that can be meant.
    private static JsonElement? Select(IReadOnlyList<JsonElement> keys, string? keyId, string algorithm)
    {
        var fitting = keys.Where(key => JwkFit.Is(key, algorithm) && (keyId is null || JsonWebSignature.Text(key, "kid") == keyId)).Take(2)
            .ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private async Task<ReadDocument<IReadOnlyList<JsonElement>>> FetchAsync(IFlowLog log)
    {
        var (request, response) = await RepeatedRequest
            .SendAsync(
                _transport,
                () => new DocumentRequest(_url, "key set request"),
                HttpTransport.DefaultTimeout,
                log,
                CancellationToken.None).ConfigureAwait(false);
        response.EnsureSuccess(request);
        try
        {
            using var document = JsonDocument.Parse(response.Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("keys", out var keys)
                && keys.ValueKind == JsonValueKind.Array)
            {
                JsonResponse.RequireOnce(document.RootElement, ["keys"], JsonResponse.SourceOf(request));
                return new(
                    [
                        .. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object
                            && JsonShape.Flaw(key) is null).Select(key => key.Clone()),
                    ],
                    CacheLifetime.Of(response, _transport.TimeProvider.GetUtcNow()));
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a character in a name. Reported below.
        }

        throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
    }
}
