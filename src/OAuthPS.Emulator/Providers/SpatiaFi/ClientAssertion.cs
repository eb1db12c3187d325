using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Emulator;

/// <summary>
/// <c>client_secret_jwt</c> (RFC 7523 sections 2.2 and 3): a JWT signed by HS256 with the client secret. Read by hand, so
/// that the client library's mistakes are not made here again.
/// </summary>
internal sealed class ClientAssertion(EmulatorContext emulator, AppCredentials credentials)
{
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Clocks of two machines differ; an exp that has passed is refused all the same.
    private const double MostAhead = 60;

    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    private readonly ConcurrentDictionary<(string ClientId, string Id), double> _seen = new();

    /// <summary>Why the assertion is refused; null when it proves that it is from <paramref name="clientId"/>.</summary>
    public string? Refusal(HttpContext context, RequestParameters form, out string clientId)
    {
        clientId = "";
        if (form["client_assertion_type"] != Type)
        {
            return $"client_assertion_type must be {Type}.";
        }

        if (form["client_assertion"]?.Split('.') is not [var header, var payload, var signature])
        {
            return "client_assertion is not a JWT.";
        }

        try
        {
            using var head = JsonDocument.Parse(Decode(header), _strict);
            using var claims = JsonDocument.Parse(Decode(payload), _strict);
            if (head.RootElement.ValueKind != JsonValueKind.Object || claims.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "client_assertion is not a JWT.";
            }

            if (Text(head.RootElement, "alg") != "HS256")
            {
                return "client_assertion must be signed with HS256.";
            }

            if (Text(claims.RootElement, "sub") is not { } subject || Text(claims.RootElement, "iss") != subject)
            {
                return "iss and sub of client_assertion must both be the client_id.";
            }

            var key = credentials.FindSecret(subject);
            var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key ?? SecretText.New()), signed);
            if (!CryptographicOperations.FixedTimeEquals(expected, Decode(signature)) || key is null)
            {
                return "The App Credential is unknown or the signature of client_assertion is wrong.";
            }

            clientId = subject;
            var endpoint = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}";
            return ClaimsRefusal(claims.RootElement, subject, endpoint);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException)
        {
            return "client_assertion is not a JWT.";
        }
    }

    private string? ClaimsRefusal(JsonElement claims, string clientId, string endpoint)
    {
        var now = emulator.Now.ToUnixTimeMilliseconds() / 1000.0;
        if (!IsFor(claims, endpoint))
        {
            return $"aud of client_assertion must be {endpoint}.";
        }

        if (Number(claims, "exp") is not { } expires)
        {
            return "exp of client_assertion is missing.";
        }

        if (expires <= now)
        {
            return "client_assertion expired.";
        }

        if (Number(claims, "nbf") > now + MostAhead || Number(claims, "iat") > now + MostAhead)
        {
            return "client_assertion is not valid yet.";
        }

        if (Text(claims, "jti") is not { Length: > 0 } id)
        {
            return "jti of client_assertion is missing.";
        }

        foreach (var (past, until) in _seen)
        {
            if (until <= now)
            {
                _seen.TryRemove(past, out _);
            }
        }

        return _seen.TryAdd((clientId, id), expires) ? null : "jti of client_assertion was used before.";
    }

    // One text or a list of them (RFC 7519 section 4.1.3), compared as text.
    private static bool IsFor(JsonElement claims, string endpoint)
        => claims.TryGetProperty("aud", out var audience) && audience.ValueKind switch
        {
            JsonValueKind.String => audience.GetString() == endpoint,
            JsonValueKind.Array
                => audience.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == endpoint),
            _ => false,
        };

    // The platform's decoder would let padding and white space pass; a JWT has neither (RFC 7515 section 2).
    private static byte[] Decode(string part)
        => part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
            ? Base64Url.DecodeFromChars(part)
            : throw new FormatException();

    private static string? Text(JsonElement of, string name)
        => of.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    private static double? Number(JsonElement of, string name)
        => of.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number ? member.GetDouble() : null;
}
