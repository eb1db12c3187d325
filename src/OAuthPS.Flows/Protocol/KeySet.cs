using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OAuthPS.Flows.Protocol;

/// <summary>
/// A server's public keys (RFC 7517), kept between uses. A key that is not there is looked for once more, since servers change
/// their keys; but not more than once a minute, since anybody can make up a <c>kid</c>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as its transport, and the semaphore holds nothing that the collector does not.")]
internal sealed class KeySet(Uri url, HttpTransport transport)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<JsonElement> _keys = [];
    private DateTimeOffset? _fetchedAt;

    /// <returns>The key, a JWK; null when there is none that fits, or more than one.</returns>
    internal async Task<JsonElement?> FindAsync(string? keyId, string algorithm, IFlowLog log, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var found = Select(keyId, algorithm);
            if (found is null && (_fetchedAt is not { } last || transport.TimeProvider.GetUtcNow() - last >= _pause))
            {
                _keys = await FetchAsync(log, cancellationToken).ConfigureAwait(false);
                _fetchedAt = transport.TimeProvider.GetUtcNow();
                found = Select(keyId, algorithm);
            }

            return found;
        }
        finally
        {
            _gate.Release();
        }
    }

    // OpenID Connect Core 1.0 section 10.1: without a kid there must be one key only that can be meant.
    private JsonElement? Select(string? keyId, string algorithm)
    {
        var fitting = _keys.Where(key => Fits(key, algorithm) && (keyId is null || JsonWebSignature.Text(key, "kid") == keyId)).Take(2).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    // RFC 7518 section 3.4: each ES algorithm has a curve of its own.
    internal static bool Fits(JsonElement key, string algorithm) =>
        (JsonWebSignature.Text(key, "kty"), JsonWebSignature.Text(key, "crv"), algorithm) is
            ("RSA", _, "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512") or ("EC", "P-256", "ES256") or ("EC", "P-384", "ES384") or ("EC", "P-521", "ES512")
        && JwkUse.IsForSignatures(key) && JwkUse.Allows(key, "verify")
        && (JsonWebSignature.Text(key, "alg") is not { } only || only == algorithm);

    private async Task<IReadOnlyList<JsonElement>> FetchAsync(IFlowLog log, CancellationToken cancellationToken)
    {
        var (request, answer) = await RepeatedRequest
            .SendAsync(transport, () => new DocumentRequest(url, "key set request"), HttpTransport.DefaultTimeout, log, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccess(request);
        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array)
            {
                JsonAnswer.RequireOnce(document.RootElement, ["keys"], JsonAnswer.SourceOf(request));
                return [.. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object && JsonShape.Flaw(key) is null).Select(key => key.Clone())];
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a character in a name. Reported below.
        }

        throw Errors.AnswerNotJson(request, answer);
    }
}
