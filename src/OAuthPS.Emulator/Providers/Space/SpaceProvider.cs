namespace OAuthPS.Emulator;

/// <summary>JetBrains Space: every flow of RFC 6749, PKCE, and tokens of ten minutes.</summary>
internal sealed class SpaceProvider(EmulatorContext emulator)
    : Provider("JetBrainsSpace", "/space", new AccessTokens(emulator, TimeSpan.FromMinutes(10)))
{
    /// <inheritdoc/>
    public override void Map(ProviderRoutes routes)
    {
        var codes = new AuthorizationCodes(emulator);
        var tokens = new SpaceTokens(emulator, AccessTokens);
        var authorization = new SpaceAuthorizationEndpoint(emulator, tokens, codes);
        routes.Get("/oauth/auth", authorization.Show).Post("/oauth/auth", authorization.Decide);
        routes.Post("/oauth/token", new SpaceTokenEndpoint(emulator, tokens, codes).Handle).Get("/oauth/jwks.json", _ => tokens.KeySet());

        var api = new SpaceApi(AccessTokens);
        routes.Get("/api/http/team-directory/profiles/me", api.Profile).Get("/api/http/projects", api.Projects);
    }

    /// <inheritdoc/>
    public override Answer Refuse(int status, string reason) => SpaceError.OfStatus(status, reason);
}
