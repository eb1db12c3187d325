using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary><c>/api/v1/clients/</c>: the user creates, lists and deletes App Credentials with a bearer token.</summary>
internal sealed class SpatiaFiClientsEndpoint(AccessTokens accessTokens, AppCredentials credentials)
{
    /// <summary>The one answer that has the secret: "client_secret will only be returned once."</summary>
    public Answer Create(HttpContext context)
    {
        if (!BearerToken.TryFind(context, accessTokens, out var token, out var reason))
        {
            return SpatiaFiError.Unauthorized(context, reason);
        }

        if (NewClientBody.Refuse(context, token.Grant.User) is { } refusal)
        {
            return refusal;
        }

        var (clientId, clientSecret) = credentials.Create();
        var answer = Shown(token, clientId);
        answer["client_secret"] = clientSecret;
        return Answer.Json(200, answer).With("Cache-Control", "no-store");
    }

    /// <summary>The ids alone.</summary>
    public Answer List(HttpContext context)
        => BearerToken.TryFind(context, accessTokens, out var token, out var reason)
            ? Answer.Json(200, new JsonArray([.. credentials.ClientIds.Select(clientId => Shown(token, clientId))]))
            : SpatiaFiError.Unauthorized(context, reason);

    /// <summary>What it answers is not documented; FastAPI's own answer of a route that returns nothing is 200 and <c>null</c>.</summary>
    public Answer Delete(HttpContext context)
    {
        if (!BearerToken.TryFind(context, accessTokens, out _, out var reason))
        {
            return SpatiaFiError.Unauthorized(context, reason);
        }

        if (!Guid.TryParse(context.Request.RouteValues["client_id"] as string, out var clientId))
        {
            return SpatiaFiError.Invalid("value is not a valid uuid", "type_error.uuid", "path", "client_id");
        }

        return credentials.Delete(clientId.ToString()) ? Answer.Json(200, null) : SpatiaFiError.Of(404, "Not Found");
    }

    private static JsonObject Shown(AccessToken token, string clientId)
        => new() { ["user_id"] = token.Grant.User, ["client_id"] = clientId };
}
