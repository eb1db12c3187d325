using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>Blynk's Organization API: everything in the query string, refresh tokens that work once.</summary>
internal sealed class BlynkProvider(EmulatorContext emulator)
    : Provider("Blynk", "/blynk", new AccessTokens(emulator, BlynkTokenEndpoint.TokenLifetime))
{
    /// <inheritdoc/>
    public override void Map(ProviderRoutes routes)
    {
        var token = new BlynkTokenEndpoint(emulator, AccessTokens);
        routes.Post("/oauth2/token", token.Handle).Get("/api/v1/organization/profile", Profile);
    }

    // The members that Blynk's API description requires of an organization.
    private Answer Profile(HttpContext context)
        => BearerToken.TryFind(context, AccessTokens, out _, out var refusal)
            ? Answer.Json(200, new JsonObject
            {
                ["id"] = 1,
                ["name"] = "Demo Organization",
                ["tz"] = "Europe/Kyiv",
                ["lastModifiedTs"] = 1694707051504,
            })
            : BearerToken.Refuse(context, refusal);
}
