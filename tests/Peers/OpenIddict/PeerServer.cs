using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OAuthPS.Peers.OpenIddict;

/// <summary>The server: every flow of OpenIddict, and a person who agrees to all that is asked, or to nothing.</summary>
internal static class PeerServer
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    internal static void Configure(OpenIddictServerBuilder options)
    {
        options.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token").SetDeviceAuthorizationEndpointUris("connect/device")
            .SetEndUserVerificationEndpointUris("connect/verify").SetIntrospectionEndpointUris("connect/introspect").SetRevocationEndpointUris("connect/revoke")
            .SetPushedAuthorizationEndpointUris("connect/par").SetUserInfoEndpointUris("connect/userinfo");
        options.AllowAuthorizationCodeFlow().AllowImplicitFlow().AllowClientCredentialsFlow().AllowDeviceAuthorizationFlow().AllowRefreshTokenFlow();
        options.RequireProofKeyForCodeExchange().RegisterScopes("api");
        options.AddEphemeralEncryptionKey().AddEphemeralSigningKey().DisableAccessTokenEncryption();

        // A refresh token that comes a second time is a stolen one at once, and not only after the time two requests may overlap.
        options.SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        options.UseAspNetCore().DisableTransportSecurityRequirement().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough().EnableUserInfoEndpointPassthrough();
    }

    internal static void Map(WebApplication app)
    {
        app.MapMethods("connect/authorize", ["GET", "POST"], (HttpContext context) => Decide(context, Request(context).GetScopes()));
        app.MapMethods("connect/verify", ["GET", "POST"], async (HttpContext context) =>
        {
            var asked = await context.AuthenticateAsync(Scheme);
            return asked.Succeeded ? Decide(context, asked.Principal.GetScopes()) : Refuse();
        });
        app.MapGet("/", () => "Done.");
        app.MapPost("connect/token", async (HttpContext context) =>
            Request(context).IsClientCredentialsGrantType() ? Agree(Request(context).ClientId!, Request(context).GetScopes())
            : await context.AuthenticateAsync(Scheme) is { Succeeded: true } granted ? Results.SignIn(granted.Principal, authenticationScheme: Scheme)
            : Refuse());
        app.MapMethods("connect/userinfo", ["GET", "POST"], async (HttpContext context) =>
            await context.AuthenticateAsync(Scheme) is { Succeeded: true } caller
                ? Results.Json(new { sub = caller.Principal.GetClaim(Claims.Subject) })
                : Results.Challenge(authenticationSchemes: [Scheme]));
    }

    private static OpenIddictRequest Request(HttpContext context) => context.GetOpenIddictServerRequest()!;

    // Whoever is asked to sign in as nobody says no.
    private static IResult Decide(HttpContext context, IEnumerable<string> scopes) =>
        Request(context).LoginHint == "nobody" ? Refuse() : Agree("ada", scopes);

    private static IResult Refuse() => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "Ada said no.",
        }),
        [Scheme]);

    private static IResult Agree(string subject, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject);
        identity.SetScopes(scopes);
        if (identity.HasScope("api"))
        {
            identity.SetResources("api");
        }

        identity.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), new AuthenticationProperties { RedirectUri = "/" }, Scheme);
    }
}
