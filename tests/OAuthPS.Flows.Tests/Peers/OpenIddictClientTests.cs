using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Clients by themselves at OpenIddict: how they prove who they are, and what they may ask of a token.</summary>
[Collection(OpenIddictTests.Name)]
public sealed class OpenIddictClientTests(OpenIddictPeer peer) : IDisposable
{
    private const string Asserted = "client_assertion=…&client_assertion_type=…&client_id=key&";

    private readonly PeerWire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_client_with_a_secret_gets_a_token_and_another_when_it_renews()
    {
        var session = await ConnectAsync(peer.As("secret", "api"));

        var first = await session.GetTokenAsync();
        Assert.NotEqual(first.TokenOf(), (await session.RenewAsync()).TokenOf());
        Assert.Equal("POST /connect/token grant_type=client_credentials&scope=api", _wire.Requests[0]);
        Assert.Equal(["200", "200"], _wire.Answers);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_in_the_servers_words()
    {
        var request = peer.As("secret", "api") with { Client = new OAuthClient("secret", new Secret("not the secret")) };

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => ConnectAsync(request));

        Assert.Equal(("InvalidClient", "invalid_client", "The specified client credentials are invalid."), (refused.ErrorId, refused.Error, refused.ErrorDescription));
        Assert.Equal("401 invalid_client", Assert.Single(_wire.Answers.Distinct()));
    }

    // draft-ietf-oauth-rfc7523bis: for the issuer, of a type of its own. This server takes no other.
    [Fact]
    public async Task A_key_signs_an_assertion_for_the_issuer()
    {
        await ConnectAsync(peer.As("key", "api"));

        Assert.Equal([$"POST /connect/token {Asserted}grant_type=client_credentials&scope=api"], _wire.Requests);
        Assert.Equal(["200"], _wire.Answers);
        Assert.Equal((peer.Issuer, "key"), (_wire.Assertions[0].Claim("aud"), _wire.Assertions[0].Claim("sub")));
        Assert.Equal("client-authentication+jwt", _wire.Assertions[0].Header.GetProperty("typ").GetString());
    }

    // What a provider file may state of them. This server takes one type, and nobody but the issuer for an audience.
    [Theory]
    [InlineData("client-authentication+jwt", "{0}", "200")]
    [InlineData("client-authentication+jwt", "{0}connect/token", "400 invalid_token")]
    [InlineData("client-authentication+jwt", "https://elsewhere.example.com/", "400 invalid_token")]
    [InlineData("JWT", "{0}", "401 invalid_client")]
    public async Task An_assertion_as_it_is_stated_is_taken_for_the_issuer_and_refused_for_another_or_of_another_type(string type, string audience, string expected)
    {
        audience = audience.Replace("{0}", peer.Issuer, StringComparison.Ordinal);
        var provider = peer.Provider with { ClientAssertion = new() { Type = type, Audience = audience } };

        var failure = await Record.ExceptionAsync(() => ConnectAsync(peer.As("key", "api") with { Provider = provider }));

        Assert.Equal([expected], _wire.Answers);
        Assert.Equal((type, audience), (_wire.Assertions[0].Header.GetProperty("typ").GetString(), _wire.Assertions[0].Claim("aud")));
        Assert.Equal(expected == "200" ? null : typeof(OAuthServerException), failure?.GetType());
    }

    [Theory]
    [InlineData("secret", "")]
    [InlineData("key", Asserted)]
    public async Task A_token_is_introspected_and_revoked(string client, string proof)
    {
        var session = await ConnectAsync(peer.As(client, "api"));
        var other = await ConnectAsync(peer.As(client, "api"));
        var token = (await session.GetTokenAsync()).Value;

        var good = await other.TestTokenAsync(token);
        await session.RevokeAsync();
        var revoked = await other.TestTokenAsync(token);

        Assert.Equal((TokenTestMethod.Introspection, true, client), (good.Method, good.IsActive, good.ClientId));
        Assert.False(revoked.IsActive);
        string[] expected =
        [
            $"POST /connect/introspect {proof}token=…", $"POST /connect/revoke {proof}token=…&token_type_hint=access_token",
            $"POST /connect/introspect {proof}token=…",
        ];
        Assert.Equal(expected, _wire.Requests.Skip(2));
        Assert.All(_wire.Assertions, assertion => Assert.Equal(peer.Issuer, assertion.Claim("aud")));
        NoSecret.In(good.ToString()!, token.Reveal());
    }

    private Task<OAuthSession> ConnectAsync(ConnectRequest request) => OAuthConnection.ConnectAsync(request, _wire.Transport);
}
