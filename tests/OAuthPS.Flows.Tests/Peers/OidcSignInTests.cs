using OAuthPS.Flows.Api;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>A person signs in at oidc-provider, which insists on PKCE; the session then renews with refresh tokens that are good once.</summary>
[Collection(OidcProviderTests.Name)]
public sealed class OidcSignInTests(OidcProviderPeer peer) : IDisposable
{
    private readonly RecordingTransport _recorded = new();
    private readonly OidcPerson _person = new();

    public void Dispose()
    {
        _recorded.Dispose();
        _person.Dispose();
    }

    [SkippableTheory]
    [InlineData("public")]
    [InlineData("confidential")]
    public async Task A_code_is_exchanged_with_its_verifier(string client)
    {
        var session = await ConnectAsync(client);
        Assert.Equal((OAuthFlow.AuthorizationCode, "openid offline_access", true), (session.Flow, session.Scope, session.CanRefresh));
        var me = await session.SendAsync(new ApiCall { Uri = new Uri("/me", UriKind.Relative) });
        Assert.Equal("""{"sub":"ada"}""", System.Text.Encoding.UTF8.GetString(me.Body));
    }

    [SkippableFact]
    public async Task Without_pkce_the_server_refuses_and_its_words_reach_the_caller()
    {
        var request = SignInAs("public") with { Provider = peer.Provider with { SupportsPkce = false } };
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(request, _person));
        Assert.Equal("invalid_request", refused.Error);
        Assert.Contains("PKCE", refused.ErrorDescription, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_person_who_cancels_is_told_apart_from_a_failure()
    {
        using var person = new OidcPerson(cancels: true);
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(SignInAs("public"), person));
        Assert.Equal(("AccessDenied", "access_denied", "End-User aborted interaction"), (refused.ErrorId, refused.Error, refused.ErrorDescription));
    }

    [SkippableFact]
    public async Task A_session_outlives_every_refresh_token_it_uses_up()
    {
        var session = await ConnectAsync("public");
        for (var round = 1; round <= 3; round++)
        {
            await session.RenewAsync();
            Assert.Equal(round + 1, _recorded.RefreshTokens.Distinct().Count());
        }

        Assert.Equal(4, _recorded.AccessTokens.Distinct().Count());
    }

    // RFC 9700 section 4.14.2: whoever comes with a used one may be a thief, so the server ends the whole family.
    [SkippableFact]
    public async Task A_used_refresh_token_is_refused_and_takes_the_session_with_it()
    {
        var session = await ConnectAsync("public");
        await session.RenewAsync();
        var used = peer.As("public") with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret(_recorded.RefreshTokens[0]))] };
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(used));
        Assert.Equal(("InvalidGrant", "invalid_grant"), (refused.ErrorId, refused.Error));
        Assert.DoesNotContain(_recorded.RefreshTokens[0], refused.ToString(), StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());
        Assert.Equal("InvalidGrant", refused.ErrorId);
    }

    [SkippableFact]
    public async Task A_refresh_token_from_elsewhere_opens_a_session_that_rotates_it()
    {
        await ConnectAsync("confidential");
        var request = peer.As("confidential") with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret(_recorded.RefreshTokens[0]))] };
        var session = await OAuthConnection.ConnectAsync(request, _recorded.Transport);
        await session.RenewAsync();
        Assert.Equal(3, _recorded.RefreshTokens.Distinct().Count());
    }

    [SkippableFact]
    public async Task Revocation_ends_the_tokens_at_the_server()
    {
        var session = await ConnectAsync("confidential");
        var (access, refresh) = (_recorded.AccessTokens[0], _recorded.RefreshTokens[0]);
        Assert.Equal((true, true), (await IsActiveAsync(access), await IsActiveAsync(refresh)));
        await session.RevokeAsync();
        Assert.Equal((false, false), (await IsActiveAsync(access), await IsActiveAsync(refresh)));
        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync().AsTask())).ErrorId);
    }

    [SkippableFact]
    public async Task Revocation_of_a_token_without_a_refresh_token_ends_the_access_token()
    {
        var session = await OAuthConnection.ConnectAsync(peer.As("privateKeyJwt") with { Flow = OAuthFlow.ClientCredentials });
        var token = (await session.GetTokenAsync()).Value.Reveal();
        Assert.True(await IsActiveAsync(token));
        await session.RevokeAsync();
        Assert.False(await IsActiveAsync(token));
    }

    private ConnectRequest SignInAs(string client) => peer.As(client) with
    {
        Flow = OAuthFlow.AuthorizationCode,
        Scope = ["openid", "offline_access"],
        SignIn = new SignInOptions { NoBrowser = true },

        // OpenID Connect Core section 11: offline access is for those whom the person is asked about.
        AdditionalParameters = new Dictionary<string, string> { ["prompt"] = "consent" },
    };

    private Task<OAuthSession> ConnectAsync(string client) => OAuthConnection.ConnectAsync(SignInAs(client), _person, _recorded.Transport);

    // RFC 7662, asked in plain HTTP.
    private async Task<bool> IsActiveAsync(string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(peer.Issuer, "/token/introspection"));
        var client = peer.Client("confidential");
        request.Headers.Authorization = BasicHeader.Create(client.Id, client.ClientSecret!, BasicEncoding.FormEncoded);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["token"] = token });
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsStringAsync()).Contains("\"active\":true", StringComparison.Ordinal);
    }
}
