using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>
/// Proves possession of a session's key, request by request (RFC 9449 section 4), with the nonces that servers have given
/// (sections 8 and 9). Safe to use from many threads.
/// </summary>
/// <param name="key">The session's key.</param>
/// <param name="nowAt">The time by the clock of the server at an address.</param>
internal sealed class DPoPProver(DPoPKey key, Func<Uri, DateTimeOffset> nowAt)
{
    internal const string HeaderName = "DPoP";

    private const string NonceHeaderName = "DPoP-Nonce";

    // An authorization server and an API may be one origin and have nonces of their own (section 9).
    private readonly ConcurrentDictionary<(string Origin, bool IsApi), string> _nonces = new();

    internal DPoPKey Key { get; } = key;

    /// <summary>The time by the clock of the server at an address.</summary>
    internal DateTimeOffset NowAt(Uri server) => nowAt(server);

    /// <summary>A proof for one request.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="target">The request's address; its query is no part of the proof.</param>
    /// <param name="accessToken">The token that goes with the request; null at the authorization server.</param>
    /// <param name="at">When the proof is made, by the server's clock.</param>
    internal string Prove(HttpMethod method, Uri target, Secret? accessToken, DateTimeOffset at)
    {
        var header = $$"""{"typ":"dpop+jwt","alg":"{{DPoPKey.Algorithm}}","jwk":{{Key.PublicJwk}}}""";
        var claims = JsonText.Object(writer =>
        {
            writer.WriteString("jti", Base64Url.Encode(RandomNumberGenerator.GetBytes(16)));
            writer.WriteString("htm", method.Method);
            writer.WriteString("htu", AddressOf(target));
            writer.WriteNumber("iat", at.ToUnixTimeSeconds());
            if (accessToken is not null)
            {
                writer.WriteString("ath", TokenHash(accessToken));
            }

            if (_nonces.TryGetValue(PlaceOf(target, accessToken), out var nonce))
            {
                writer.WriteString("nonce", nonce);
            }
        });
        return CompactJws.Write(header, claims, Key.Sign);
    }

    /// <summary>
    /// Keeps the nonce of a response, whatever the response is (section 8.2); it goes into the next proof for that server.
    /// </summary>
    internal void Learn(Uri target, Secret? accessToken, HttpResponse response)
    {
        if (NonceOf(response) is { } nonce)
        {
            Keep(target, accessToken, nonce);
        }
    }

    internal void Keep(Uri target, Secret? accessToken, string nonce) => _nonces[PlaceOf(target, accessToken)] = nonce;

    /// <summary>The nonce that a response brings; null where it brings none, or something that is none.</summary>
    internal static string? NonceOf(HttpResponse response) =>
        response.Headers.TryGetValue(NonceHeaderName, out var values) ? NonceOf(values) : null;

    /// <inheritdoc cref="NonceOf(HttpResponse)"/>
    internal static string? NonceOf(HttpResponseHeaders headers) =>
        headers.TryGetValues(NonceHeaderName, out var values) ? NonceOf([.. values]) : null;

    // Section 8.1: characters of a nonce. Anything else would be a server's way into our JSON.
    private static string? NonceOf(IReadOnlyList<string> values) =>
        values is [{ Length: > 0 and <= 1024 } nonce] && VisibleAscii.Is(nonce) ? nonce : null;

    /// <summary>The token's hash (section 4.2, <c>ath</c>).</summary>
    internal static string TokenHash(Secret accessToken) =>
        Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken.Reveal())));

    // Without query and fragment (section 4.2), and as it is on the wire: a host name in ASCII (RFC 5890).
    private static string AddressOf(Uri target)
    {
        var host = target.HostNameType == UriHostNameType.IPv6 ? target.Host : ShownUrl.HostOf(target);
        return $"{target.Scheme}://{host}{(target.IsDefaultPort ? "" : $":{target.Port}")}{target.AbsolutePath}";
    }

    private static (string, bool) PlaceOf(Uri target, Secret? accessToken) =>
        (target.GetLeftPart(UriPartial.Authority), accessToken is not null);
}
