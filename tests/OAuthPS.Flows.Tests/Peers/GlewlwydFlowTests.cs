using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Clients and people at glewlwyd.</summary>
[Collection(GlewlwydTests.Name)]
public sealed class GlewlwydFlowTests(GlewlwydPeer peer) : IDisposable
{
    private const string Asserted = "client_assertion=…&client_assertion_type=…&client_id=key&";

    private readonly PeerWire _wire = new();
    private readonly Administrator _person = new(peer);

    public void Dispose() => _wire.Dispose();

    [SkippableFact]
    public async Task A_client_with_a_secret_gets_a_token_that_is_introspected_and_revoked()
    {
        var session = await ConnectAsync(peer.As("secret", "api") with { Flow = OAuthFlow.ClientCredentials });
        var other = await ConnectAsync(peer.As("secret", "api") with { Flow = OAuthFlow.ClientCredentials });
        var token = (await session.GetTokenAsync()).Value;

        var good = await other.TestTokenAsync(token);
        await session.RevokeAsync();
        var revoked = await other.TestTokenAsync(token);

        Assert.Equal((TokenTestMethod.Introspection, true, "api", "secret"), (good.Method, good.IsActive, good.Scope, good.ClientId));
        string[] expected =
        [
            "POST /api/oidc/token grant_type=client_credentials&scope=api 200", "POST /api/oidc/token grant_type=client_credentials&scope=api 200",
            "POST /api/oidc/introspect token=… 200", "POST /api/oidc/revoke token=…&token_type_hint=access_token 200",
            "POST /api/oidc/introspect token=… 200",
        ];
        Assert.Equal(expected, _wire.Requests.Zip(_wire.Answers, (request, response) => $"{request} {response}"));
        Assert.False(revoked.IsActive);
    }

    [SkippableFact]
    public async Task A_wrong_secret_is_refused()
    {
        var request = peer.As("secret", "api") with { Flow = OAuthFlow.ClientCredentials, Client = new OAuthClient("secret", new Secret("not the secret")) };

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => ConnectAsync(request));

        Assert.Equal((403, null), (refused.StatusCode, refused.Error));
        NoSecret.In(refused, "not the secret");
    }

    [SkippableFact]
    public async Task A_key_signs_an_assertion()
    {
        var session = await ConnectAsync(peer.As("key", "api") with { Flow = OAuthFlow.ClientCredentials });

        Assert.Equal("api", session.Scope);
        Assert.Equal([$"POST /api/oidc/token {Asserted}grant_type=client_credentials&scope=api"], _wire.Requests);
        var assertion = Assert.Single(_wire.Assertions);
        Assert.Equal((peer.Issuer + "/token", "key", "key"), (assertion.Claim("aud"), assertion.Claim("iss"), assertion.Claim("sub")));
    }

    [SkippableTheory]
    [InlineData("secret", "api", "")]
    [InlineData("key", "api", Asserted)]
    [InlineData("secret", "openid api", "")]
    public async Task A_person_signs_in_by_a_code_and_PKCE(string client, string scope, string proof)
    {
        var session = await ConnectAsync(peer.As(client, scope.Split(' ')) with { Flow = OAuthFlow.AuthorizationCode });
        await session.RenewAsync();
        await session.RenewAsync();

        Assert.Equal((scope, true), (session.Scope, session.CanRefresh));
        Assert.Equal(3, _wire.RefreshTokens.Distinct().Count());

        var asked = HttpUtility.ParseQueryString(_person.Shown!.Query);
        var verifier = Assert.Single(_wire.CodeVerifiers);
        Assert.Equal(("code", "S256"), (asked["response_type"], asked["code_challenge_method"]));
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)), SentJwt.Decode(asked["code_challenge"]!));
        string[] expected =
        [
            $"POST /api/oidc/token {proof}code=…&code_verifier=…&grant_type=authorization_code&redirect_uri=…",
            $"POST /api/oidc/token {proof}grant_type=refresh_token&refresh_token=…", $"POST /api/oidc/token {proof}grant_type=refresh_token&refresh_token=…",
        ];
        Assert.Equal(expected, _wire.Requests);
    }

    [SkippableFact]
    public async Task A_person_signs_in_by_the_implicit_flow_with_openid()
    {
        var request = peer.As("secret", "openid", "api");

        var session = await ConnectAsync(request with { Flow = OAuthFlow.Implicit, Provider = new OAuthProvider { Name = "glewlwyd", Issuer = peer.Issuer } });

        var known = await session.SendAsync(new ApiCall { Uri = new Uri(peer.Issuer + "/userinfo") });
        using var person = JsonDocument.Parse(known.Body);
        Assert.Equal(person.RootElement.GetProperty("sub").GetString(), session.Subject);
    }

    private Task<OAuthSession> ConnectAsync(ConnectRequest request) => OAuthConnection.ConnectAsync(request, _person, _wire.Transport);

    /// <summary>Has signed in before and agreed; the server asks whether to go on, and the address it ends at is copied.</summary>
    private sealed class Administrator(GlewlwydPeer peer) : ISignInPrompt
    {
        internal Uri? Shown { get; private set; }

        public void Show(SignInInstruction instruction) => Shown = instruction.Address;

        public async Task<string?> ReadAsync(string question, CancellationToken cancellationToken)
        {
            using var browser = await peer.SignInAsync();
            using var response = await browser.GetAsync(new Uri(Shown!.OriginalString + "&g_continue"), cancellationToken);
            return response.Headers.Location?.OriginalString;
        }

        public void ShowProgress(string activity, TimeSpan? timeLeft)
        {
        }
    }
}
