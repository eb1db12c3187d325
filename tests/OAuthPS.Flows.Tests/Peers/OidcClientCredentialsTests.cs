using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Client credentials at oidc-provider, by each way in which a client authenticates.</summary>
[Collection(OidcProviderTests.Name)]
public sealed class OidcClientCredentialsTests(OidcProviderPeer peer)
{
    [SkippableTheory]
    [InlineData("basic", ClientAuthenticationMethod.Basic)]
    [InlineData("post", ClientAuthenticationMethod.Post)]
    [InlineData("secretJwt", ClientAuthenticationMethod.SecretJwt)]
    [InlineData("privateKeyJwt", ClientAuthenticationMethod.PrivateKeyJwt)]
    public async Task A_client_gets_a_token(string client, ClientAuthenticationMethod method)
    {
        var session = await OAuthConnection.ConnectAsync(peer.As(client, method) with { Flow = OAuthFlow.ClientCredentials, Scope = ["api:read"] });
        Assert.Equal("api:read", session.Scope);
        Assert.InRange(session.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddSeconds(3500), DateTimeOffset.UtcNow.AddSeconds(3600));
        var first = await session.GetTokenAsync();
        Assert.NotEqual(first.Value.Reveal(), (await session.RenewAsync()).Value.Reveal());
    }

    [SkippableTheory]
    [InlineData("basic", ClientAuthenticationMethod.Basic)]
    [InlineData("post", ClientAuthenticationMethod.Post)]
    [InlineData("secretJwt", ClientAuthenticationMethod.SecretJwt)]
    public async Task A_wrong_secret_is_refused_in_the_servers_own_words(string client, ClientAuthenticationMethod method)
    {
        var request = peer.As(client, method) with
        {
            Flow = OAuthFlow.ClientCredentials,
            Client = new OAuthClient(peer.Client(client).Id, new Secret("wrong-and-long-enough-for-every-algorithm")),
        };
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(request));
        Assert.Equal(("InvalidClient", "invalid_client", 401), (refused.ErrorId, refused.Error, refused.StatusCode));
        Assert.Equal("client authentication failed", refused.ErrorDescription);
        Assert.DoesNotContain("wrong-and", refused.ToString(), StringComparison.Ordinal);
    }

    // RFC 6749 section 2.3.1 against RFC 7617: this server reads the first, and the client's id and secret tell them apart.
    [SkippableFact]
    public async Task Basic_in_its_plain_form_is_not_understood()
    {
        var request = peer.As("basic") with { Flow = OAuthFlow.ClientCredentials, Provider = peer.Provider with { BasicEncoding = BasicEncoding.Plain } };
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(request));
        Assert.Contains("not properly encoded", refused.ErrorDescription, StringComparison.Ordinal);
    }

    // RFC 6749 section 3.3: a server may grant less than was asked for, and then says so.
    [SkippableFact]
    public async Task The_session_has_the_scope_that_was_granted()
    {
        var request = peer.As("basic") with { Flow = OAuthFlow.ClientCredentials, Scope = ["api:read", "api:unknown"] };
        Assert.Equal("api:read", (await OAuthConnection.ConnectAsync(request)).Scope);
    }
}
