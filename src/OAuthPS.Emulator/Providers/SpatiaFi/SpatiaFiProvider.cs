using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>SpatiaFi: a FastAPI service with App Credentials and no refresh tokens.</summary>
internal sealed class SpatiaFiProvider(EmulatorContext emulator)
    : Provider("SpatiaFi", "/spatiafi", new AccessTokens(emulator, TimeSpan.FromMinutes(15)))
{
    /// <inheritdoc/>
    public override bool RedirectsSlashes => true;

    /// <inheritdoc/>
    public override void Map(ProviderRoutes routes)
    {
        var credentials = new AppCredentials();
        var tokens = new SpatiaFiTokens(AccessTokens);
        var authentication = new SpatiaFiClientAuthentication(emulator, credentials);
        routes.Get("/api/v1/auth/jwt/token/basic", context => SpatiaFiTemporaryToken.Handle(context, tokens));
        routes.Post("/api/v1/auth/jwt/token", new SpatiaFiTokenEndpoint(authentication, tokens).Handle);

        var clients = new SpatiaFiClientsEndpoint(AccessTokens, credentials);
        routes.Post("/api/v1/clients/", clients.Create).Get("/api/v1/clients/", clients.List);
        routes.Delete("/api/v1/clients/{client_id}", clients.Delete);
        routes.Get("/api/info", Info);
    }

    /// <inheritdoc/>
    public override Answer Refuse(int status, string reason) => SpatiaFiError.Of(status, reason);

    private Answer Info(HttpContext context)
        => BearerToken.TryFind(context, AccessTokens, out var token, out var refusal)
            ? Answer.Json(200, new JsonObject { ["user_id"] = token.Grant.User, ["email"] = DemoAccounts.SpatiaFiUserName })
            : SpatiaFiError.Unauthorized(context, refusal);
}
