using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>The claims of a client assertion (RFC 7523 section 3) and the parameters that carry it (section 2.2).</summary>
internal static class ClientAssertion
{
    /// <summary>The value of <c>client_assertion_type</c>.</summary>
    internal const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly string[] _own = ["iss", "sub", "aud", "jti", "iat", "exp"];

    /// <summary>Five minutes: long enough for a slow request and a clock that is a little off, short enough to be worth little if it leaks.</summary>
    internal static TimeSpan DefaultLifetime { get; } = TimeSpan.FromMinutes(5);

    internal static void AddTo(OAuthRequest request, string jwt)
    {
        request.Parameters.Add(ParameterNames.ClientAssertionType, JwtBearer);
        request.Parameters.Add(ParameterNames.ClientAssertion, new Secret(jwt));
    }

    internal static string Claims(string clientId, Uri tokenEndpoint, DateTimeOffset now) =>
        Claims(clientId, tokenEndpoint.OriginalString, now, DefaultLifetime, additional: null);

    /// <param name="clientId">Who asserts, and of whom.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="now">When.</param>
    /// <param name="lifetime">For how long.</param>
    /// <param name="additional">Claims besides, a JSON object; null for none.</param>
    /// <exception cref="OAuthUsageException">The additional claims are no object, or repeat one of the others.</exception>
    internal static string Claims(string clientId, string audience, DateTimeOffset now, TimeSpan lifetime, string? additional)
    {
        using var besides = additional is null ? null : Parse(additional);
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("iss", clientId);
            writer.WriteString("sub", clientId);
            writer.WriteString("aud", audience);
            writer.WriteString("jti", Base64Url.Encode(RandomNumberGenerator.GetBytes(16)));
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", (now + lifetime).ToUnixTimeSeconds());
            foreach (var claim in besides?.RootElement.EnumerateObject().AsEnumerable() ?? [])
            {
                claim.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    private static JsonDocument Parse(string additional)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(additional);
        }
        catch (JsonException)
        {
            throw Errors.AdditionalClaims("are not a JSON object");
        }

        var flaw = document.RootElement.ValueKind != JsonValueKind.Object ? "are not a JSON object"
            : document.RootElement.EnumerateObject().Select(claim => claim.Name).FirstOrDefault(_own.Contains) is { } taken ? $"have '{taken}', which every assertion has of its own"
            : null;
        return flaw is null ? document : throw Errors.AdditionalClaims(flaw);
    }
}
