namespace OAuthPS.Emulator;

/// <summary>Spacebring: Basic for customers, the authorization code for partners.</summary>
internal sealed class SpacebringProvider(EmulatorContext emulator)
    : Provider("Spacebring", "/spacebring", new AccessTokens(emulator, TimeSpan.FromHours(1)))
{
    /// <inheritdoc/>
    public override void Map(ProviderRoutes routes)
    {
        var codes = new AuthorizationCodes(emulator);
        var refreshTokens = new RefreshTokens(emulator);
        var authorization = new SpacebringAuthorizationEndpoint(emulator, codes);
        routes.Get("/oauth2/authorize", authorization.Show).Post("/oauth2/authorize", authorization.Decide);
        routes.Post("/oauth2/token", new SpacebringTokenEndpoint(AccessTokens, refreshTokens, codes).Handle);
        routes.Post("/oauth2/revoke", context => SpacebringRevocation.Handle(context, AccessTokens, refreshTokens));

        var api = new SpacebringApi(emulator, new SpacebringAccess(AccessTokens));
        routes.Get("/networks/v1", api.Networks).Get("/locations/v1", api.Locations);
        routes.Get("/benefits/categories/v1", api.Categories).Post("/benefits/categories/v1", api.CreateCategory);
    }

    /// <inheritdoc/>
    public override Answer Refuse(int status, string reason) => SpacebringError.Of(status, reason);
}
