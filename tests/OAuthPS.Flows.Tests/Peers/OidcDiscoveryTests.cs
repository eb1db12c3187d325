using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>oidc-provider known by its issuer alone: it says itself what it offers, and signs who has signed in.</summary>
[Collection(OidcProviderTests.Name)]
public sealed class OidcDiscoveryTests(OidcProviderPeer peer) : IDisposable
{
    private readonly RecordingTransport _recorded = new();

    public void Dispose() => _recorded.Dispose();

    [SkippableFact]
    public async Task The_server_says_what_it_offers()
    {
        var found = await ProviderDiscovery.CompleteAsync(Registered(), serviceUrl: null, _recorded.Transport);

        Assert.Equal([OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.DeviceCode, OAuthFlow.RefreshToken], found.Flows);
        Assert.Contains(ClientAuthenticationMethod.PrivateKeyJwt, found.ClientAuthentications);
        Assert.True(found.AuthorizationResponseHasIssuer);
        Assert.StartsWith(peer.Issuer.OriginalString, found.JwksEndpoint, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_person_signs_in_and_the_checked_ID_token_says_who()
    {
        using var person = new OidcPerson();

        var session = await OAuthConnection.ConnectAsync(PersonalRequest() with { SignIn = new SignInOptions { NoBrowser = true } }, person, _recorded.Transport);

        Assert.Equal(("ada", OAuthFlow.AuthorizationCode, true), (session.Subject, session.Flow, session.CanRefresh));
        await session.RenewAsync();
        Assert.Equal("ada", session.Subject);
        await session.RevokeAsync();
        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync().AsTask())).ErrorId);
    }

    [SkippableFact]
    public async Task A_client_gets_a_token_by_the_best_way_that_the_server_announces()
    {
        var session = await OAuthConnection.ConnectAsync(
            new ConnectRequest { Provider = Registered(), Client = peer.Client("privateKeyJwt"), Scope = ["api:read"] }, _recorded.Transport);

        Assert.Equal((OAuthFlow.ClientCredentials, "api:read"), (session.Flow, session.Scope));
    }

    [SkippableFact]
    public async Task A_slash_too_many_in_the_issuer_is_another_issuer()
    {
        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => Server.Discovery.Of(_recorded.Transport).GetAsync(peer.Issuer.GetLeftPart(UriPartial.Authority) + "/"));

        Assert.Equal("IssuerMismatch", error.ErrorId);
    }

    [SkippableFact]
    public async Task A_person_signs_in_on_another_device()
    {
        using var person = new DevicePerson(cancels: false);

        var session = await OAuthConnection.ConnectAsync(PersonalRequest() with { Flow = OAuthFlow.DeviceCode }, person, Impatient());

        Assert.Equal((OAuthFlow.DeviceCode, true), (session.Flow, session.CanRefresh));
        Assert.Equal("ada", session.Subject);
        await session.RenewAsync();
    }

    [SkippableFact]
    public async Task A_person_who_cancels_on_another_device_is_told_apart()
    {
        using var person = new DevicePerson(cancels: true);

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() =>
            OAuthConnection.ConnectAsync(PersonalRequest() with { Flow = OAuthFlow.DeviceCode }, person, Impatient()));

        Assert.Equal("AccessDenied", refused.ErrorId);
    }

    private OAuthProvider Registered() => new() { Name = "oidc-provider", Issuer = peer.Issuer.GetLeftPart(UriPartial.Authority) };

    private ConnectRequest PersonalRequest() => new()
    {
        Provider = Registered(),
        Client = peer.Client("public"),
        Scope = ["openid", "offline_access"],
        AdditionalParameters = new Dictionary<string, string> { ["prompt"] = "consent" },
    };

    // The server asks for five seconds between two questions; here a second is a hundredth of one.
    private HttpTransport Impatient() => new(new HttpMessageInvoker(_recorded, disposeHandler: false), new FastTimers());

    /// <summary>Opens the address with the code in it, as soon as it is shown.</summary>
    private sealed class DevicePerson(bool cancels) : ISignInPrompt, IDisposable
    {
        private readonly OidcPerson _person = new(cancels);

        public void Dispose() => _person.Dispose();

        public void Show(SignInInstruction instruction) => _ = _person.SignInAsync(instruction.CompleteAddress!);

        public Task<string?> ReadAsync(string question, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public void ShowProgress(string activity, TimeSpan? timeLeft)
        {
        }
    }
}
