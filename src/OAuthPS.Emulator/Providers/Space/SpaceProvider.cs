using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OAuthPS.Emulator;

/// <summary>JetBrains Space: every flow of RFC 6749, PKCE, and tokens of ten minutes.</summary>
internal sealed class SpaceProvider(EmulatorContext emulator) : IProvider
{
    private readonly RefreshTokens refreshTokens = new(emulator);
    private readonly AuthorizationCodes codes = new(emulator);
    private readonly SpaceKeys keys = new();

    public string Name => "JetBrainsSpace";

    public string PathBase => "/space";

    public AccessTokens AccessTokens { get; } = new(emulator, TimeSpan.FromMinutes(10));

    public bool RedirectsSlashes => false;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var authorization = new SpaceAuthorizationEndpoint(emulator, AccessTokens, codes);
        endpoints.MapGet("/space/oauth/auth", (HttpContext context) => authorization.Show(context));
        endpoints.MapPost("/space/oauth/auth", (HttpContext context) => authorization.Decide(context));

        var token = new SpaceTokenEndpoint(emulator, AccessTokens, refreshTokens, codes);
        endpoints.MapPost("/space/oauth/token", (HttpContext context) => token.Handle(context));
        endpoints.MapGet("/space/oauth/jwks.json", () => Answer.Json(200, keys.KeySet()));

        endpoints.MapGet("/space/api/http/team-directory/profiles/me", (HttpContext context) => Protected(context, Profile));
        endpoints.MapGet("/space/api/http/projects", (HttpContext context) => Protected(context, _ => Projects()));
    }

    public Answer Refuse(int status, string reason) => OAuthError.Of(status, "invalid_request", reason);

    private Answer Protected(HttpContext context, Func<Grant, JsonNode> content)
        => BearerToken.TryFind(context, AccessTokens, out var grant, out var refusal)
            ? Answer.Json(200, content(grant))
            : BearerToken.Refuse(context, refusal);

    // A client-credentials token acts "on behalf of" the application, which then has the profile.
    private static JsonObject Profile(Grant grant) => grant.User is { } user
        ? new() { ["id"] = "1u", ["username"] = user, ["name"] = new JsonObject { ["firstName"] = "Ada", ["lastName"] = "Lovelace" } }
        : new() { ["id"] = "1a", ["username"] = grant.ClientId, ["name"] = new JsonObject { ["firstName"] = "Space", ["lastName"] = "Client" } };

    private static JsonObject Projects() => new()
    {
        ["next"] = "2",
        ["totalCount"] = 2,
        ["data"] = new JsonArray(
            new JsonObject { ["id"] = "1p", ["key"] = new JsonObject { ["key"] = "ENGINE" }, ["name"] = "Analytical Engine" },
            new JsonObject { ["id"] = "2p", ["key"] = new JsonObject { ["key"] = "NOTES" }, ["name"] = "Notes" }),
    };
}
