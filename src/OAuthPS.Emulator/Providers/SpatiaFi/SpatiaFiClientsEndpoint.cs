using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OAuthPS.Emulator;

/// <summary><c>/api/v1/clients/</c>: the user creates, lists and deletes App Credentials with a bearer token.</summary>
internal sealed class SpatiaFiClientsEndpoint(AccessTokens accessTokens, AppCredentials credentials)
{
    /// <summary>The one answer that has the secret: "client_secret will only be returned once."</summary>
    public Answer Create(HttpContext context)
    {
        if (!BearerToken.TryFind(context, accessTokens, out var grant, out var reason))
            return SpatiaFiError.Unauthorized(context, reason);
        if (RefuseBody(context, grant) is { } refusal)
            return refusal;
        var (clientId, clientSecret) = credentials.Create();
        var answer = Shown(grant, clientId);
        answer["client_secret"] = clientSecret;
        return Answer.Json(200, answer).With("Cache-Control", "no-store");
    }

    public Answer List(HttpContext context)
        => BearerToken.TryFind(context, accessTokens, out var grant, out var reason)
            ? Answer.Json(200, new JsonArray([.. credentials.ClientIds.Select(clientId => Shown(grant, clientId))]))
            : SpatiaFiError.Unauthorized(context, reason);

    /// <summary>What it answers is not documented; FastAPI's own answer of a route that returns nothing is 200 and <c>null</c>.</summary>
    public Answer Delete(HttpContext context)
    {
        if (!BearerToken.TryFind(context, accessTokens, out _, out var reason))
            return SpatiaFiError.Unauthorized(context, reason);
        if (!Guid.TryParse(context.Request.RouteValues["client_id"] as string, out var clientId))
            return SpatiaFiError.Invalid("path", "client_id", "value is not a valid uuid", "type_error.uuid");
        return credentials.Delete(clientId.ToString()) ? Answer.Json(200, null) : SpatiaFiError.Of(404, "Not Found");
    }

    private static JsonObject Shown(Grant grant, string clientId) => new() { ["user_id"] = grant.User, ["client_id"] = clientId };

    // Empty or an object; "owner_id should be left blank. It will be automatically set to the current user's id."
    private static Answer? RefuseBody(HttpContext context, Grant grant)
    {
        var body = ReceivedBody.Of(context);
        if (body.IsEmpty)
            return null;
        try
        {
            using var document = JsonDocument.Parse(body);
            if (MediaType.Of(context.Request.ContentType) != MediaType.Json || document.RootElement.ValueKind != JsonValueKind.Object)
                return SpatiaFiError.Invalid("body", "body", "value is not a valid dict", "type_error.dict");
            return !document.RootElement.TryGetProperty("owner_id", out var owner) || IsBlankOr(owner, grant.User)
                ? null
                : SpatiaFiError.Invalid("body", "owner_id", "owner_id should be left blank", "value_error");
        }
        catch (JsonException)
        {
            return SpatiaFiError.Invalid("body", "body", "value is not valid JSON", "value_error.jsondecode");
        }
    }

    private static bool IsBlankOr(JsonElement owner, string? user)
        => owner.ValueKind == JsonValueKind.Null || (owner.ValueKind == JsonValueKind.String && (owner.ValueEquals("") || owner.ValueEquals(user)));
}
