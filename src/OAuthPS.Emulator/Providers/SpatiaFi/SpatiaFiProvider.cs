using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OAuthPS.Emulator;

/// <summary>SpatiaFi: a FastAPI service with App Credentials and no refresh tokens.</summary>
internal sealed class SpatiaFiProvider(EmulatorContext emulator) : IProvider
{
    private readonly AppCredentials credentials = new();

    public string Name => "SpatiaFi";

    public string PathBase => "/spatiafi";

    public AccessTokens AccessTokens { get; } = new(emulator, TimeSpan.FromMinutes(15));

    public bool RedirectsSlashes => true;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var tokens = new SpatiaFiTokens(AccessTokens);
        var token = new SpatiaFiTokenEndpoint(new SpatiaFiClientAuthentication(emulator, credentials), tokens);
        endpoints.MapGet("/spatiafi/api/v1/auth/jwt/token/basic", (HttpContext context) => SpatiaFiTemporaryToken.Handle(context, tokens));
        endpoints.MapPost("/spatiafi/api/v1/auth/jwt/token", (HttpContext context) => token.Handle(context));

        var clients = new SpatiaFiClientsEndpoint(AccessTokens, credentials);
        endpoints.MapPost("/spatiafi/api/v1/clients/", (HttpContext context) => clients.Create(context));
        endpoints.MapGet("/spatiafi/api/v1/clients/", (HttpContext context) => clients.List(context));
        endpoints.MapDelete("/spatiafi/api/v1/clients/{client_id}", (HttpContext context) => clients.Delete(context));

        endpoints.MapGet("/spatiafi/api/info", (HttpContext context) => Info(context));
    }

    public Answer Refuse(int status, string reason) => SpatiaFiError.Of(status, reason);

    private Answer Info(HttpContext context)
        => BearerToken.TryFind(context, AccessTokens, out var grant, out var refusal)
            ? Answer.Json(200, new JsonObject { ["user_id"] = grant.User, ["email"] = DemoAccounts.SpatiaFiUserName })
            : SpatiaFiError.Unauthorized(context, refusal);
}
