using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OAuthPS.Peers.OpenIddict;

/// <summary>The clients, named by what they are there for.</summary>
internal sealed class PeerClients
{
    internal const string Secret = "a secret & more+than%one word";
    internal const string KeyId = "client-key";

    private const string Redirect = "http://127.0.0.1/";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal string PrivateKey => _key.ExportPkcs8PrivateKeyPem();

    internal async Task RegisterAsync(IServiceProvider services)
    {
        var applications = services.GetRequiredService<IOpenIddictApplicationManager>();
        await applications.CreateAsync(Everything(new() { ClientId = "secret", ClientSecret = Secret, ClientType = ClientTypes.Confidential }));
        await applications.CreateAsync(Everything(new() { ClientId = "key", JsonWebKeySet = Keys(), ClientType = ClientTypes.Confidential }));
        await applications.CreateAsync(Everything(new() { ClientId = "public", ClientType = ClientTypes.Public }));

        var scopes = services.GetRequiredService<IOpenIddictScopeManager>();
        await scopes.CreateAsync(new OpenIddictScopeDescriptor { Name = "api", Resources = { "api" } });
    }

    private static OpenIddictApplicationDescriptor Everything(OpenIddictApplicationDescriptor client)
    {
        // Any port of the loopback address is a native application's (RFC 8252 section 7.3).
        client.ApplicationType = ApplicationTypes.Native;
        client.RedirectUris.Add(new Uri(Redirect));
        client.Permissions.UnionWith(
        [
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.DeviceAuthorization,
            Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.Revocation,
            Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.DeviceCode, Permissions.GrantTypes.RefreshToken, Permissions.GrantTypes.Implicit,
            Permissions.ResponseTypes.Code, Permissions.ResponseTypes.IdTokenToken, Permissions.ResponseTypes.Token, Permissions.Prefixes.Scope + "api",
        ]);
        if (client.ClientType == ClientTypes.Confidential)
        {
            client.Permissions.UnionWith([Permissions.GrantTypes.ClientCredentials, Permissions.Endpoints.Introspection]);
        }

        return client;
    }

    private JsonWebKeySet Keys()
    {
        using var published = ECDsa.Create(_key.ExportParameters(includePrivateParameters: false));
        var keys = new JsonWebKeySet();
        keys.Keys.Add(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(published) { KeyId = KeyId }));
        return keys;
    }
}
