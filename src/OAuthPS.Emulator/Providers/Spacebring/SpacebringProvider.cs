using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OAuthPS.Emulator;

/// <summary>Spacebring: Basic for customers, the authorization code for partners.</summary>
internal sealed class SpacebringProvider(EmulatorContext emulator) : IProvider
{
    private readonly RefreshTokens refreshTokens = new(emulator);
    private readonly AuthorizationCodes codes = new(emulator);

    public string Name => "Spacebring";

    public string PathBase => "/spacebring";

    public AccessTokens AccessTokens { get; } = new(emulator, TimeSpan.FromHours(1));

    public bool RedirectsSlashes => false;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var authorization = new SpacebringAuthorizationEndpoint(emulator, codes);
        endpoints.MapGet("/spacebring/oauth2/authorize", (HttpContext context) => authorization.Show(context));
        endpoints.MapPost("/spacebring/oauth2/authorize", (HttpContext context) => authorization.Decide(context));

        var token = new SpacebringTokenEndpoint(AccessTokens, refreshTokens, codes);
        endpoints.MapPost("/spacebring/oauth2/token", (HttpContext context) => token.Handle(context));
        endpoints.MapPost("/spacebring/oauth2/revoke", (HttpContext context) => SpacebringRevocation.Handle(context, AccessTokens, refreshTokens));

        var locations = new SpacebringLocations(AccessTokens);
        endpoints.MapGet("/spacebring/locations/v1", (HttpContext context) => locations.List(context));
        endpoints.MapPost("/spacebring/locations/v1", (HttpContext context) => locations.Echo(context));
    }

    public Answer Refuse(int status, string reason) => OAuthError.Of(status, "invalid_request", reason);
}
