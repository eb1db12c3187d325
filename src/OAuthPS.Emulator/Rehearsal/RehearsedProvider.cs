using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using OAuthPS.Flows.Http;

namespace OAuthPS.Emulator;

/// <summary>A server that a provider file and a dialect describe.</summary>
internal sealed class RehearsedProvider(EmulatorContext emulator, Rehearsal rehearsal)
    : Provider(
        rehearsal.Provider.Name,
        rehearsal.Endpoints.PathBase,
        new AccessTokens(emulator, TimeSpan.FromSeconds(rehearsal.Dialect.Lifetimes.AccessToken)))
{
    /// <inheritdoc/>
    public override void Map(ProviderRoutes routes)
    {
        var (endpoints, codes) = (rehearsal.Endpoints, new AuthorizationCodes(emulator));
        var devices = new RehearsedDevices(emulator, rehearsal);
        var token = new RehearsedTokenEndpoint(rehearsal, new RehearsedTokens(emulator, rehearsal, AccessTokens), codes, devices);
        if (rehearsal.Provider.TokenParameters == ParameterPlacement.Get)
        {
            routes.Get(endpoints.Token, token.Handle);
        }
        else
        {
            routes.Post(endpoints.Token, token.Handle);
        }

        if (endpoints.Authorization is { } authorize)
        {
            var authorization = new RehearsedAuthorizationEndpoint(emulator, rehearsal, codes);
            routes.Get(authorize, authorization.Show).Post(authorize, authorization.Decide);
        }

        if (endpoints.DeviceAuthorization is { } device)
        {
            routes.Post(device, devices.Authorize).Get(RehearsedEndpoints.DevicePage, devices.Show);
        }

        if (endpoints.Revocation is { } revocation)
        {
            routes.Post(revocation, token.Revoke).Get(revocation, token.Revoke);
        }

        foreach (var (path, response) in rehearsal.Dialect.Api)
        {
            routes.Get(path, context => BearerToken.TryFind(context, AccessTokens, out _, out var refusal, rehearsal.Dialect.ApiScheme)
                ? response.Fill(200, ReadOnlyDictionary<string, JsonValue>.Empty)
                : RefuseToken(context, refusal));
        }
    }

    // The challenge of RFC 6750 section 3 goes with a refusal that has none of its own.
    private Answer RefuseToken(HttpContext context, string reason)
        => rehearsal.Dialect.Refuse(new(OAuthRefusal.InvalidToken, reason))
            .WithDefault("WWW-Authenticate", BearerToken.Challenge(context, reason));
}
