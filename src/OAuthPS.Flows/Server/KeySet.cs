using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.Server;

/// <summary>
/// A server's public keys (RFC 7517), kept between uses. A key that is not there is looked for once more, since servers change
/// their keys; but not more than once a minute, since anybody can make up a <c>kid</c>.
/// </summary>
internal sealed class KeySet(Uri url, HttpTransport transport)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);
    private static readonly ConditionalWeakTable<HttpTransport, ConcurrentDictionary<Uri, KeySet>> _all = [];

    private readonly object _gate = new();
    private IReadOnlyList<JsonElement> _keys = [];
    private DateTimeOffset? _fetchedAt;
    private Task? _fetching;

    /// <summary>The keys at an address, kept for all who use the transport. A client's certificate is not for that address.</summary>
    internal static KeySet At(HttpTransport transport, Uri url) =>
        _all.GetOrCreateValue(transport.Root).GetOrAdd(url, static (address, through) => new KeySet(address, through), transport.Root);

    /// <summary>The keys that an issuer's metadata name.</summary>
    internal static async Task<KeySet> OfIssuerAsync(
        HttpTransport transport, string issuer, IFlowLog log, CancellationToken cancellationToken)
    {
        var metadata = await Discovery.Of(transport).GetAsync(issuer, refresh: false, log, cancellationToken).ConfigureAwait(false);
        return At(transport, metadata.JwksUri ?? throw Errors.MetadataMember(issuer, "jwks_uri"));
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
        Task fetching;
        lock (_gate)
        {
            var known = Select(_keys, keyId, algorithm, hasSigned);
            if (known is not null || (_fetching is null && _fetchedAt is { } last && transport.TimeProvider.GetUtcNow() - last < _pause))
            {
                return known ?? May(_keys, keyId, algorithm);
            }

            // One request for all who wait, whichever of them gives up: a server that hangs must not hold them up one after the other.
            fetching = _fetching ??= Task.Run(() => FetchOnceAsync(log), CancellationToken.None);
        }

        await fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            return Select(_keys, keyId, algorithm, hasSigned) ?? May(_keys, keyId, algorithm);
        }
    }

    private async Task FetchOnceAsync(IFlowLog log)
    {
        IReadOnlyList<JsonElement>? keys = null;
        try
        {
            keys = await FetchAsync(log, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _fetching = null;
                if (keys is not null)
                {
                    (_keys, _fetchedAt) = (keys, transport.TimeProvider.GetUtcNow());
                }
            }
        }
    }

    // The server may have changed a key without a name for another one, which looks the same until the signature is checked.
    private static JsonElement? Select(
        IReadOnlyList<JsonElement> keys, string? keyId, string algorithm, Func<JsonElement, bool>? hasSigned) =>
        JwkChoice.Of(keys, keyId, algorithm).Where(key => JwkChoice.IsNamed(key, keyId) || hasSigned?.Invoke(key) != false)
            .Select(key => (JsonElement?)key).FirstOrDefault();

    private static JsonElement? May(IReadOnlyList<JsonElement> keys, string? keyId, string algorithm) =>
        JwkChoice.Of(keys, keyId, algorithm) is [var first, ..] ? first : null;

    private async Task<IReadOnlyList<JsonElement>> FetchAsync(IFlowLog log, CancellationToken cancellationToken)
    {
        var (request, response) = await RepeatedRequest
            .SendAsync(
                transport,
                () => new DocumentRequest(url, "key set request"),
                HttpTransport.DefaultTimeout,
                log,
                cancellationToken).ConfigureAwait(false);
        response.EnsureSuccess(request);
        try
        {
            using var document = JsonDocument.Parse(response.Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("keys", out var keys)
                && keys.ValueKind == JsonValueKind.Array)
            {
                JsonResponse.RequireOnce(document.RootElement, ["keys"], JsonResponse.SourceOf(request));
                return [
                    .. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object
                        && JsonShape.Flaw(key) is null).Select(key => key.Clone())];
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a character in a name. Reported below.
        }

        throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
    }
}
