using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>oidc-provider as strict as it can be told to be: each client has to do what its name says, and every DPoP proof needs a nonce.</summary>
public class StrictOidcProviderPeer : OidcProviderPeer
{
    private protected override string Script => "strict.mjs";

    private protected override bool HasKey(string client) => client is not ("dpopPerson" or "tls" or "selfSigned");

    /// <summary>The provider as a user registers it: by its issuer alone, so that what it says of itself chooses.</summary>
    public OAuthProvider ByIssuer => new() { Name = "strict", Issuer = Issuer.GetLeftPart(UriPartial.Authority) };

    /// <summary>What to connect with as one of its clients that needs no person.</summary>
    public ConnectRequest AsMachine(string client) => new() { Provider = ByIssuer, Client = Client(client), Flow = OAuthFlow.ClientCredentials };

    /// <summary>What to connect with as one of its clients for a person who pastes the address they end at.</summary>
    public ConnectRequest AsPerson(string client) => new()
    {
        Provider = ByIssuer,
        Client = Client(client),
        Flow = OAuthFlow.AuthorizationCode,
        Scope = ["openid", "offline_access"],
        SignIn = new SignInOptions { NoBrowser = true },

        // OpenID Connect Core section 11: offline access is for those whom the person is asked about.
        AdditionalParameters = new Dictionary<string, string> { ["prompt"] = "consent" },
    };
}

/// <summary>The tests that share one strict oidc-provider.</summary>
[CollectionDefinition(Name)]
public sealed class StrictOidcProviderTests : ICollectionFixture<StrictOidcProviderPeer>
{
    public const string Name = "strict oidc-provider";
}
