using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace OAuthPS.Jwt;

/// <summary>
/// Signs JWTs (RFC 7515, RFC 7519). It has an assembly to itself so that a host may load it, and Microsoft.IdentityModel below
/// it, apart from everything else and only when a JWT is first needed. So its signatures have .NET's own types alone.
/// </summary>
public static class JwtSigner
{
    // {"alg":"HS256","typ":"JWT"}, encoded, and the dot after it.
    private static ReadOnlySpan<byte> Hs256Header => "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."u8;

    /// <summary>
    /// Signs with <c>HS256</c> (RFC 7518 section 3.2) and a key of any length. By the platform's HMAC: Microsoft.IdentityModel refuses
    /// keys below 128 bits, while servers hand out secrets of any length, and to load it takes longer than the request
    /// (docs/performance.md).
    /// </summary>
    /// <param name="claims">The claims, a JSON object.</param>
    /// <param name="key">The key.</param>
    /// <param name="type">The <c>typ</c> of the header; null for a plain JWT.</param>
    /// <returns>The JWS in compact form.</returns>
    public static string SignHs256(string claims, byte[] key, string? type = null)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(key);
        var header = type is null ? Hs256Header : HeaderOf(type);
        var payload = Encoding.UTF8.GetBytes(claims);
        var longest = Base64.GetMaxEncodedToUtf8Length(payload.Length) + 1 + Base64.GetMaxEncodedToUtf8Length(HMACSHA256.HashSizeInBytes);
        var jws = new byte[header.Length + longest];
        header.CopyTo(jws);
        var input = header.Length + EncodeUrl(payload, jws.AsSpan(header.Length));
        jws[input] = (byte)'.';
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, jws.AsSpan(0, input), signature);
        return Encoding.ASCII.GetString(jws, 0, input + 1 + EncodeUrl(signature, jws.AsSpan(input + 1)));
    }

    /// <summary>Signs with a private key.</summary>
    /// <param name="claims">The claims, a JSON object.</param>
    /// <param name="key">An <see cref="RSA"/> or <see cref="ECDsa"/> key.</param>
    /// <param name="keyId">The <c>kid</c> header; null for none.</param>
    /// <param name="algorithm">The <c>alg</c> header, one that fits the key (RFC 7518 section 3.1).</param>
    /// <param name="header">Members of the header besides; null for none.</param>
    /// <returns>The JWS in compact form.</returns>
    /// <exception cref="ArgumentException">The key is of another kind.</exception>
    public static string Sign(
        string claims, AsymmetricAlgorithm key, string? keyId, string algorithm, IReadOnlyDictionary<string, string>? header = null)
    {
        SecurityKey securityKey = key switch
        {
            RSA rsa => new RsaSecurityKey(rsa),
            ECDsa ecdsa => new ECDsaSecurityKey(ecdsa),
            _ => throw new ArgumentException("The key is neither RSA nor elliptic.", nameof(key)),
        };
        securityKey.KeyId = keyId;
        return Sign(claims, securityKey, algorithm, header);
    }

    // The signature alone: its token handler has no room for x5t in a header.
    private static string Sign(string claims, SecurityKey key, string algorithm, IReadOnlyDictionary<string, string>? header)
    {
        var signed = $"{Base64UrlEncoder.Encode(HeaderOf(key.KeyId, algorithm, header))}.{Base64UrlEncoder.Encode(claims)}";

        // Its cache of signature providers never forgets a key.
        var factory = new CryptoProviderFactory { CacheSignatureProviders = false };
        var signer = factory.CreateForSigning(key, algorithm);
        try
        {
            return $"{signed}.{Base64UrlEncoder.Encode(signer.Sign(Encoding.ASCII.GetBytes(signed)))}";
        }
        finally
        {
            factory.ReleaseSignatureProvider(signer);
        }
    }

    private static byte[] HeaderOf(string? keyId, string algorithm, IReadOnlyDictionary<string, string>? header)
    {
        var json = new ArrayBufferWriter<byte>();

        // A plus sign stays one, as in every type of a JWT; nothing reads a header as HTML.
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", algorithm);
            if (keyId is not null)
            {
                writer.WriteString("kid", keyId);
            }

            foreach (var (name, value) in header ?? new Dictionary<string, string>())
            {
                writer.WriteString(name, value);
            }

            if (header?.ContainsKey("typ") != true)
            {
                writer.WriteString("typ", "JWT");
            }

            writer.WriteEndObject();
        }

        return json.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> HeaderOf(string type)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", "HS256");
            writer.WriteString("typ", type);
            writer.WriteEndObject();
        }

        var header = new byte[Base64.GetMaxEncodedToUtf8Length(json.WrittenCount) + 1];
        var length = EncodeUrl(json.WrittenSpan, header);
        header[length] = (byte)'.';
        return header.AsSpan(0, length + 1);
    }

    // base64url without padding (RFC 7515 section 2).
    private static int EncodeUrl(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        Base64.EncodeToUtf8(bytes, text, out _, out var written);
        text = text[..written];
        text.Replace((byte)'+', (byte)'-');
        text.Replace((byte)'/', (byte)'_');
        return text.TrimEnd((byte)'=').Length;
    }
}
