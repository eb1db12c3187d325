using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OAuthPS.Emulator;

/// <summary>Blynk's Organization API: everything in the query string, refresh tokens that work once.</summary>
internal sealed class BlynkProvider(EmulatorContext emulator) : IProvider
{
    private readonly RefreshTokens refreshTokens = new(emulator);

    public string Name => "Blynk";

    public string PathBase => "/blynk";

    public AccessTokens AccessTokens { get; } = new(emulator, TimeSpan.FromSeconds(300));

    public bool RedirectsSlashes => false;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var token = new BlynkTokenEndpoint(emulator, AccessTokens, refreshTokens);
        endpoints.MapPost("/blynk/oauth2/token", (HttpContext context) => token.Handle(context));
        endpoints.MapGet("/blynk/api/v1/organization/profile", (HttpContext context) => Profile(context));
    }

    public Answer Refuse(int status, string reason) => OAuthError.Of(status, "invalid_request", reason);

    private Answer Profile(HttpContext context)
        => BearerToken.TryFind(context, AccessTokens, out var grant, out var refusal)
            ? Answer.Json(200, new JsonObject { ["id"] = 1, ["name"] = "Demo Organization", ["clientId"] = grant.ClientId })
            : BearerToken.Refuse(context, refusal);
}
