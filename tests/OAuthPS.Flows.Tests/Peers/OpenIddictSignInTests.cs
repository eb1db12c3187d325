using System.Web;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>A person signs in at OpenIddict, which announces pushed requests: the browser carries a reference, whatever is asked for.</summary>
[Collection(OpenIddictTests.Name)]
public sealed class OpenIddictSignInTests(OpenIddictPeer peer) : IDisposable
{
    private const string Asserted = "client_assertion=…&client_assertion_type=…&";

    private readonly PeerWire _wire = new();
    private readonly OidcPerson _person = new();

    public void Dispose()
    {
        _person.Dispose();
        _wire.Dispose();
    }

    [Theory]
    [InlineData("public", "")]
    [InlineData("key", Asserted)]
    public async Task A_person_signs_in_by_a_code_and_PKCE(string client, string proof)
    {
        var session = await ConnectAsync(Ask(client, OAuthFlow.AuthorizationCode, "openid", "offline_access", "api"));

        Assert.Equal(("ada", "api offline_access openid"), (session.Subject, string.Join(' ', session.Scope!.Split(' ').Order())));
        string[] expected =
        [
            $"POST /connect/par {proof}client_id={client}&code_challenge=…&code_challenge_method=S256&nonce=…&redirect_uri=…&response_type=code"
                + "&scope=openid offline_access api&state=…",
            $"POST /connect/token {proof}client_id={client}&code=…&code_verifier=…&grant_type=authorization_code&redirect_uri=…",
        ];
        Assert.Equal(expected, _wire.Requests);
        Assert.Equal("client_id, request_uri", string.Join(", ", HttpUtility.ParseQueryString(_person.Shown!.Query).AllKeys));
        Assert.All(_wire.Assertions, assertion => Assert.Equal(peer.Issuer, assertion.Claim("aud")));
        Assert.Equal("""{"sub":"ada"}""", System.Text.Encoding.UTF8.GetString((await session.SendAsync(new ApiCall { Uri = new Uri(peer.Issuer + "connect/userinfo") })).Body));
    }

    [Fact]
    public async Task A_person_who_says_no_is_told_apart()
    {
        var request = Ask("public", OAuthFlow.AuthorizationCode, "openid") with { AdditionalParameters = new Dictionary<string, string> { ["login_hint"] = "nobody" } };

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => ConnectAsync(request));

        Assert.Equal(("AccessDenied", "Ada said no."), (refused.ErrorId, refused.ErrorDescription));
    }

    // RFC 9700 section 4.14.2: who uses a refresh token a second time may be a thief, and all that came of it ends.
    [Fact]
    public async Task A_refresh_token_is_good_once_and_its_second_use_ends_all_that_came_of_it()
    {
        var session = await ConnectAsync(Ask("public", OAuthFlow.AuthorizationCode, "openid", "offline_access"));
        await session.RenewAsync();
        await session.RenewAsync();
        Assert.Equal(3, _wire.RefreshTokens.Distinct().Count());

        var again = peer.As("public") with { Flow = OAuthFlow.RefreshToken, Inputs = [new GivenRefreshToken(new Secret(_wire.RefreshTokens[0]))] };
        var reused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(again, _wire.Transport));
        var ended = await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync());

        Assert.Equal(("InvalidGrant", "InvalidGrant"), (reused.ErrorId, ended.ErrorId));
        Assert.Equal("POST /connect/token client_id=public&grant_type=refresh_token&refresh_token=…", _wire.Requests[^1]);
        Assert.Equal(["400 invalid_grant", "400 invalid_grant"], _wire.Answers.TakeLast(2));
    }

    // OpenID Connect Core 1.0 section 3.2: an ID token beside the access token, and a nonce that it repeats.
    [Fact]
    public async Task An_implicit_sign_in_with_openid_says_who_signed_in()
    {
        var session = await ConnectAsync(Ask("public", OAuthFlow.Implicit, "openid", "api"));

        Assert.Equal(("ada", false), (session.Subject, session.CanRefresh));
        Assert.Equal(["POST /connect/par client_id=public&nonce=…&redirect_uri=…&response_type=id_token token&scope=openid api&state=…"], _wire.Requests);
    }

    [Fact]
    public async Task An_implicit_sign_in_without_openid_brings_a_token_alone()
    {
        var session = await ConnectAsync(Ask("public", OAuthFlow.Implicit, "api"));

        Assert.Null(session.Subject);
        Assert.Equal(["POST /connect/par client_id=public&redirect_uri=…&response_type=token&scope=api&state=…"], _wire.Requests);
    }

    [Fact]
    public async Task A_person_signs_in_on_another_device()
    {
        using var device = new OtherDevice(agrees: true);

        var session = await OAuthConnection.ConnectAsync(peer.As("key", "openid", "offline_access") with { Flow = OAuthFlow.DeviceCode }, device, _wire.Transport);

        Assert.Equal(("ada", true), (session.Subject, session.CanRefresh));
        Assert.Equal($"POST /connect/device {Asserted}client_id=key&scope=openid offline_access", _wire.Requests[0]);
        Assert.Equal($"POST /connect/token {Asserted}client_id=key&device_code=…&grant_type=urn:ietf:params:oauth:grant-type:device_code", _wire.Requests[^1]);
        Assert.All(_wire.Assertions, assertion => Assert.Equal(peer.Issuer, assertion.Claim("aud")));
    }

    [Fact]
    public async Task A_person_who_says_no_on_another_device_is_told_apart()
    {
        using var device = new OtherDevice(agrees: false);

        var refused = await Assert.ThrowsAsync<OAuthServerException>(
            () => OAuthConnection.ConnectAsync(peer.As("public", "openid") with { Flow = OAuthFlow.DeviceCode }, device, _wire.Transport));

        Assert.Equal("AccessDenied", refused.ErrorId);
        Assert.Equal("400 access_denied", _wire.Answers[^1]);
    }

    private ConnectRequest Ask(string client, OAuthFlow flow, params string[] scope) => peer.As(client, scope) with { Flow = flow, SignIn = new SignInOptions { NoBrowser = true } };

    private Task<OAuthSession> ConnectAsync(ConnectRequest request) => OAuthConnection.ConnectAsync(request, _person, _wire.Transport);

    /// <summary>Opens the address with the code in it, as soon as it is shown.</summary>
    private sealed class OtherDevice(bool agrees) : ISignInPrompt, IDisposable
    {
        private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

        public void Dispose() => _http.Dispose();

        public void Show(SignInInstruction instruction) => _ = _http.GetAsync(new Uri(instruction.CompleteAddress!.OriginalString + (agrees ? "" : "&login_hint=nobody")));

        public Task<string?> ReadAsync(string question, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public void ShowProgress(string activity, TimeSpan? timeLeft)
        {
        }
    }
}
