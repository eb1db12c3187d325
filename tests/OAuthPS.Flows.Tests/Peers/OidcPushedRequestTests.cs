using OAuthPS.Flows.Connect;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Pushed authorization requests (RFC 9126) at oidc-provider, which announces them.</summary>
[Collection(StrictOidcProviderTests.Name)]
public sealed class OidcPushedRequestTests(StrictOidcProviderPeer peer) : IDisposable
{
    private readonly OidcPerson _person = new();

    public void Dispose() => _person.Dispose();

    [SkippableFact]
    public async Task A_server_that_announces_it_is_pushed_to_and_the_browser_carries_a_reference_alone()
    {
        await OAuthConnection.ConnectAsync(peer.AsPerson("pushed"), _person);

        var address = _person.Shown!;
        Assert.Matches(@"^\?client_id=pushed-client&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A[A-Za-z0-9_-]+$", address.Query);
    }

    [SkippableFact]
    public async Task A_client_that_must_push_and_does_not_is_refused()
    {
        var completed = await ProviderDiscovery.CompleteAsync(peer.ByIssuer, null, Http.HttpTransport.Shared);
        var byHand = completed with { Issuer = null, PushedAuthorizationRequestEndpoint = null };

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(peer.AsPerson("pushed") with { Provider = byHand }, _person));
        Assert.Equal("Pushed Authorization Request must be used", refused.ErrorDescription);
    }

    [SkippableFact]
    public async Task What_the_server_refuses_is_refused_before_anybody_is_sent_to_a_browser()
    {
        var request = peer.AsPerson("pushed") with { Scope = ["openid", "not-a-scope"], SignIn = new SignInOptions { NoBrowser = true, RedirectUri = "https://elsewhere.example.com/" } };

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(request, _person));

        Assert.Equal("invalid_request", refused.Error);
        Assert.Null(_person.Shown);
    }
}
