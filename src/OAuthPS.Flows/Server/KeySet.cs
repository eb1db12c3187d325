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
        _all.GetOrCreateValue(transport.WithoutCertificate).GetOrAdd(
            url, static (address, through) => new KeySet(address, through), transport.WithoutCertificate);

    /// <summary>The keys that an issuer's metadata name, and the issuer as tokens do.</summary>
    internal static async Task<(KeySet Keys, string Issuer)> OfIssuerAsync(
        HttpTransport transport, string issuer, IFlowLog log, CancellationToken cancellationToken)
    {
        var metadata = await Discovery.Of(transport).GetAsync(issuer, refresh: false, log, cancellationToken).ConfigureAwait(false);
        return (At(transport, metadata.JwksUri ?? throw Errors.MetadataMember(issuer, "jwks_uri")), metadata.Issuer!);
    }

    /// <param name="keyId">The name of the key; null where the token has none.</param>
    /// <param name="algorithm">The algorithm of the signature.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <param name="hasSigned">Whether a key has signed it, which is asked where no name says so; null where that does not matter.</param>
    /// <returns>The key as JSON: the one that is named, or has signed, or else may have; null when there is none that fits.</returns>
    internal async Task<JsonElement?> FindAsync(
        string? keyId, string algorithm, IFlowLog log, CancellationToken cancellationToken, Func<JsonElement, bool>? hasSigned = null)
    {
        var keys = await _document.GetAsync(
            known => Select(known, keyId, algorithm, hasSigned) is not null, refresh: false, log, cancellationToken).ConfigureAwait(false);
        return Select(keys, keyId, algorithm, hasSigned) ?? May(keys, keyId, algorithm);
    }

    // The server may have changed a key without a name for another one, which looks the same until the signature is checked.
    private static JsonElement? Select(
        IReadOnlyList<JsonElement> keys, string? keyId, string algorithm, Func<JsonElement, bool>? hasSigned) =>
        JwkChoice.Of(keys, keyId, algorithm).Where(key => JwkChoice.IsNamed(key, keyId) || hasSigned?.Invoke(key) != false)
            .Select(key => (JsonElement?)key).FirstOrDefault();

    private static JsonElement? May(IReadOnlyList<JsonElement> keys, string? keyId, string algorithm) =>
        JwkChoice.Of(keys, keyId, algorithm) is [var first, ..] ? first : null;

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
