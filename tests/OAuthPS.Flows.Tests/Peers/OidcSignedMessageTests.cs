using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Signed requests (RFC 9101) and signed responses (JARM) at oidc-provider.</summary>
[Collection(StrictOidcProviderTests.Name)]
public sealed class OidcSignedMessageTests(StrictOidcProviderPeer peer) : IDisposable
{
    private readonly OidcPerson _person = new();

    public void Dispose() => _person.Dispose();

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_must_sign_its_request_does_pushed_or_not(bool isPushed)
    {
        var session = await OAuthConnection.ConnectAsync(await WithAsync("requestObject", isPushed, isSigned: true), _person);

        Assert.Equal("openid offline_access", session.Scope);
        Assert.Equal(isPushed ? "client_id,request_uri" : "client_id,request", string.Join(',', System.Web.HttpUtility.ParseQueryString(_person.Shown!.Query).AllKeys));
    }

    [SkippableFact]
    public async Task A_request_object_has_the_parameters_and_says_who_signed_it_for_whom()
    {
        await OAuthConnection.ConnectAsync(await WithAsync("requestObject", isPushed: false, isSigned: true), _person);

        var jwt = new SentJwt(System.Web.HttpUtility.ParseQueryString(_person.Shown!.Query)["request"]!);
        Assert.Equal(("oauth-authz-req+jwt", "ES256"), (jwt.Header.GetProperty("typ").GetString(), jwt.Header.GetProperty("alg").GetString()));
        Assert.Equal(
            ("request-object-client", peer.ByIssuer.Issuer, "request-object-client", "code", "openid offline_access", "S256"),
            (jwt.Claim("iss"), jwt.Claim("aud"), jwt.Claim("client_id"), jwt.Claim("response_type"), jwt.Claim("scope"), jwt.Claim("code_challenge_method")));
    }

    [SkippableFact]
    public async Task A_request_that_must_be_signed_and_is_not_is_refused()
    {
        var refused = await Assert.ThrowsAsync<OAuthServerException>(async () => await OAuthConnection.ConnectAsync(await WithAsync("requestObject", isPushed: true, isSigned: false), _person));

        Assert.Equal("Request Object must be used by this client", refused.ErrorDescription);
    }

    // RFC 9101 section 5.1: who signs must be who asks.
    [SkippableFact]
    public async Task A_request_object_of_another_client_is_refused()
    {
        var completed = await ProviderDiscovery.CompleteAsync(peer.ByIssuer, null, HttpTransport.Shared);
        var parameters = new RequestParameters { { "client_id", "jarm-client" }, { "response_type", "code" }, { "redirect_uri", "http://127.0.0.1/" }, { "scope", "openid" } };
        var signed = SignedRequestObject.Sign(parameters, peer.Client("jarm"), completed, peer.Issuer, DateTimeOffset.UtcNow).Single(parameter => parameter.Name == "request");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var response = await http.GetAsync(new Uri(peer.Issuer, $"/auth?client_id=request-object-client&request={signed.Value}"));

        Assert.Matches("[?]error=invalid_request_object&error_description=request.*client_id.*must.*equal", response.Headers.Location!.OriginalString);
    }

    // JARM section 2.4. The provider announces it, so it is asked for.
    [SkippableFact]
    public async Task An_answer_is_signed_where_the_server_offers_it()
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsPerson("jarm"), _person);

        Assert.Equal("ada", session.Subject);
        Assert.Equal("response", string.Join(',', System.Web.HttpUtility.ParseQueryString(_person.Response!.Query).AllKeys.Order()));
    }

    [SkippableFact]
    public async Task A_refusal_is_signed_too_and_its_words_reach_the_caller()
    {
        using var person = new OidcPerson(cancels: true);

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(peer.AsPerson("jarm"), person));

        Assert.Equal(("access_denied", "End-User aborted interaction"), (refused.Error, refused.ErrorDescription));
    }

    [SkippableFact]
    public async Task All_of_it_at_once()
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsPerson("strictest") with { DPoP = true, SignIn = new SignInOptions { NoBrowser = true, SignedRequest = true } }, _person);

        Assert.Equal(("ada", "DPoP"), (session.Subject, (await session.RenewAsync()).TokenType));
        await session.SendAsync(new ApiCall { Uri = new Uri("/me", UriKind.Relative) });
    }

    private async Task<ConnectRequest> WithAsync(string client, bool isPushed, bool isSigned)
    {
        var completed = await ProviderDiscovery.CompleteAsync(peer.ByIssuer, null, HttpTransport.Shared);
        var request = peer.AsPerson(client);
        return request with
        {
            // Discovery would find the endpoint again: what is known by issuer is what the issuer says.
            Provider = isPushed ? peer.ByIssuer : completed with { Issuer = null, PushedAuthorizationRequestEndpoint = null },
            SignIn = request.SignIn with { SignedRequest = isSigned },
        };
    }
}
