using System.Security.Cryptography;
using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The claims of a request object (RFC 9101 section 4): the parameters of an authorization request, to be signed by the client.
/// </summary>
internal static class RequestObject
{
    /// <summary>The <c>typ</c> of its header (section 10.8): it can be taken for no other JWT.</summary>
    internal const string Type = "oauth-authz-req+jwt";

    // Good for as long as it takes to bring it to the server; the person's time counts from there.
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(5);

    // RFC 9396 section 3, OpenID Connect Core 1.0 section 6.1: what is JSON as a parameter is JSON here, and not text.
    private static readonly string[] _json = [ParameterNames.AuthorizationDetails, "claims", "max_age"];

    private static readonly string[] _own = ["iss", "aud", "jti", "iat", "nbf", "exp"];

    /// <summary>
    /// Whether a parameter may not be in it: what it has of its own (RFC 7519 section 4), and another request (section 4).
    /// </summary>
    internal static bool IsTaken(string name) => _own.Contains(name) || name is ParameterNames.Request or ParameterNames.RequestUri;

    /// <param name="parameters">The parameters.</param>
    /// <param name="clientId">Who signs.</param>
    /// <param name="audience">The server: its issuer identifier.</param>
    /// <param name="now">The time by the server's clock.</param>
    internal static string Claims(RequestParameters parameters, string clientId, string audience, DateTimeOffset now) =>
        JsonText.Object(writer =>
    {
        writer.WriteString("iss", clientId);
        writer.WriteString("aud", audience);
        writer.WriteString("jti", Base64Url.Encode(RandomNumberGenerator.GetBytes(16)));
        writer.WriteNumber("iat", now.ToUnixTimeSeconds());
        writer.WriteNumber("nbf", (now - ServerClocks.Tolerance).ToUnixTimeSeconds());
        writer.WriteNumber("exp", (now + _lifetime).ToUnixTimeSeconds());
        foreach (var values in parameters.GroupBy(parameter => parameter.Name, parameter => parameter.Value))
        {
            writer.WritePropertyName(values.Key);
            WriteValue(writer, values.Key, [.. values]);
        }
    });

    private static void WriteValue(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 1)
        {
            JsonSerializer.Serialize(writer, values, TextJson.Default.IReadOnlyListString);
        }
        else if (_json.Contains(name) && TryParse(values[0]) is { } json)
        {
            json.WriteTo(writer);
        }
        else
        {
            writer.WriteStringValue(values[0]);
        }
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
