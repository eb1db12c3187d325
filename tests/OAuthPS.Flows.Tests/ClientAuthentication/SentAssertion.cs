using System.Text.Json;
using System.Web;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>The client assertion of a recorded request, taken apart without the library that made it.</summary>
internal sealed record SentAssertion(string Jwt, JsonElement Header, JsonElement Claims, byte[] SignedPart, byte[] Signature)
{
    internal static SentAssertion Of(string request)
    {
        var form = HttpUtility.ParseQueryString(request[(request.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"]);
        var jwt = form["client_assertion"]!;
        var parts = jwt.Split('.');
        Assert.Equal(3, parts.Length);
        return new SentAssertion(jwt, Json(parts[0]), Json(parts[1]), System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Decode(parts[2]));
    }

    private static JsonElement Json(string part) => JsonDocument.Parse(Decode(part)).RootElement;

    private static byte[] Decode(string base64Url) =>
        Convert.FromBase64String(base64Url.Replace('-', '+').Replace('_', '/').PadRight((base64Url.Length + 3) / 4 * 4, '='));
}
