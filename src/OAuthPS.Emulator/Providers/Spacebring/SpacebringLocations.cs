using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OAuthPS.Emulator;

/// <summary>The protected API: Bearer or Basic, and the header <c>spacebring-network-id</c>.</summary>
internal sealed class SpacebringLocations(AccessTokens accessTokens)
{
    private const string NetworkHeader = "spacebring-network-id";

    public Answer List(HttpContext context) => Refuse(context) ?? Answer.Json(200, new JsonObject
    {
        ["locations"] = new JsonArray(
            new JsonObject { ["id"] = "0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c01", ["title"] = "Harbour House" },
            new JsonObject { ["id"] = "0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c02", ["title"] = "Old Mill" }),
    });

    /// <summary>Gives back the JSON it was sent, so that a caller sees what arrived.</summary>
    public Answer Echo(HttpContext context)
    {
        if (Refuse(context) is { } refusal)
            return refusal;
        if (MediaType.Of(context.Request.ContentType) != MediaType.Json)
            return OAuthError.Of(415, "invalid_request", $"The content type must be {MediaType.Json}.");
        try
        {
            return Answer.Json(200, JsonNode.Parse(ReceivedBody.Of(context).Span));
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return OAuthError.InvalidRequest("The body is not JSON.");
        }
    }

    private Answer? Refuse(HttpContext context)
    {
        var reason = "";
        var accepted = BasicCredentials.Of(context)?.Match(DemoAccounts.SpacebringClientId, DemoAccounts.SpacebringClientSecret)
            ?? BearerToken.TryFind(context, accessTokens, out _, out reason);
        if (!accepted)
        {
            return BearerToken.Refuse(context, reason.Length > 0 ? reason : "Client ID or client secret is wrong.")
                .With("WWW-Authenticate", "Basic realm=\"Spacebring\", charset=\"UTF-8\"");
        }
        return context.Request.Headers[NetworkHeader] switch
        {
            [DemoAccounts.SpacebringNetworkId] => null,
            [] => OAuthError.InvalidRequest($"The header {NetworkHeader} is missing."),
            _ => OAuthError.Of(404, "not_found", $"The network that the header {NetworkHeader} names is not found."),
        };
    }
}
