using System.Text.Json;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Grants that are tokens themselves, and access that is asked for beyond a scope, at oidc-provider.</summary>
[Collection(StrictOidcProviderTests.Name)]
public sealed class OidcGrantTests(StrictOidcProviderPeer peer) : IDisposable
{
    private readonly OidcPerson _person = new();

    public void Dispose() => _person.Dispose();

    [SkippableFact]
    public async Task A_token_is_exchanged_for_another()
    {
        var subject = await OAuthConnection.ConnectAsync(peer.AsMachine("exchange") with { Scope = ["api:read"] });

        var session = await OAuthConnection.ConnectAsync(Exchange((await subject.GetTokenAsync()).Value));

        Assert.Equal((OAuthFlow.TokenExchange, "api:read"), (session.Flow, session.Scope));
        Assert.NotEqual((await subject.GetTokenAsync()).TokenOf(), (await session.GetTokenAsync()).TokenOf());
    }

    [SkippableTheory]
    [InlineData("the subject token is not valid", "backend", true)]
    [InlineData("the audience is not known", "elsewhere", false)]
    public async Task An_exchange_that_the_server_refuses_is_refused_in_its_words(string words, string audience, bool isMadeUp)
    {
        var subject = await OAuthConnection.ConnectAsync(peer.AsMachine("exchange"));
        var token = isMadeUp ? new Secret("made-up-token") : (await subject.GetTokenAsync()).Value;

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(Exchange(token, audience)));

        Assert.Equal(words, refused.ErrorDescription);
        NoSecret.In(refused, token.Reveal());
    }

    [SkippableFact]
    public async Task A_key_signs_an_assertion_that_the_server_takes()
    {
        var session = await OAuthConnection.ConnectAsync(Assertion());

        Assert.Equal((OAuthFlow.JwtBearer, "api:read", true), (session.Flow, session.Scope, session.CanRefresh));
        await session.RenewAsync();
    }

    [SkippableTheory]
    [InlineData("""{"aud":"https://elsewhere.example.com/"}""")]
    [InlineData("""{"iss":"somebody-else"}""")]
    [InlineData("""{"exp":1600000000}""")]
    [InlineData("""{"sub":null}""")]
    public async Task An_assertion_that_is_wrong_is_refused(string claims)
    {
        var request = Assertion() with { Inputs = [new AssertionClaims(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(claims)!)] };

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(request));

        Assert.Equal("invalid_grant", refused.Error);
    }

    // RFC 8707: a token for one API, which names it as its audience.
    [SkippableFact]
    public async Task A_resource_makes_the_token_one_for_that_resource()
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsMachine("resource") with { Resource = ["https://api.example.com/things"], Scope = ["api:read"] });

        Assert.Equal("https://api.example.com/things", new SentJwt((await session.GetTokenAsync()).TokenOf()).Claim("aud"));
    }

    // This server introspects no JWT: what its keys and claims say counts then (RFC 9068 section 4).
    [SkippableTheory]
    [InlineData("https://api.example.com/things", true)]
    [InlineData("https://api.example.com/others", false)]
    public async Task A_token_for_a_resource_is_tested_by_its_signature_and_claims(string audience, bool isActive)
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsMachine("resource") with { Resource = ["https://api.example.com/things"] });

        var test = await session.TestTokenAsync(null, audience);

        Assert.Equal((TokenTestMethod.Local, isActive), (test.Method, test.IsActive));
    }

    [SkippableFact]
    public async Task A_resource_that_the_server_does_not_know_is_refused()
    {
        var refused = await Assert.ThrowsAsync<OAuthServerException>(
            () => OAuthConnection.ConnectAsync(peer.AsMachine("resource") with { Resource = ["https://unknown.example.com/"] }));

        Assert.Equal("invalid_target", refused.Error);
    }

    [SkippableFact]
    public async Task A_person_signs_in_for_a_resource_and_its_renewals_are_for_it_too()
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsPerson("pushed") with { Resource = ["https://api.example.com/things"], Scope = ["openid", "offline_access", "api:read"] }, _person);
        Assert.Equal("https://api.example.com/things", new SentJwt((await session.GetTokenAsync()).TokenOf()).Claim("aud"));

        var renewed = await session.RenewAsync();

        Assert.Equal("https://api.example.com/things", new SentJwt(renewed.TokenOf()).Claim("aud"));
    }

    // RFC 9396.
    [SkippableFact]
    public async Task Details_are_granted_and_stand_in_the_token()
    {
        const string details = """[{"type":"payment_initiation","actions":["initiate"]}]""";

        var session = await OAuthConnection.ConnectAsync(peer.AsMachine("resource") with
        {
            Resource = ["https://api.example.com/payments"],
            AuthorizationDetails = details,
        });

        Assert.Equal(details, new SentJwt((await session.GetTokenAsync()).TokenOf()).Claims.GetProperty("authorization_details").GetRawText());
        Assert.Equal(details, (await session.GetTokenAsync()).AuthorizationDetails);
    }

    [SkippableFact]
    public async Task Details_that_the_server_does_not_take_are_refused_in_its_words()
    {
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(peer.AsMachine("resource") with
        {
            Resource = ["https://api.example.com/payments"],
            AuthorizationDetails = """[{"type":"payment_initiation"}]""",
        }));

        Assert.Equal(("invalid_authorization_details", "actions are missing"), (refused.Error, refused.ErrorDescription));
    }

    private ConnectRequest Exchange(Secret token, string audience = "backend") => peer.AsMachine("exchange") with
    {
        Flow = OAuthFlow.TokenExchange,
        Inputs = [new TokenExchange(token) { Audience = [audience] }],
        Scope = ["api:read"],
    };

    // The client also proves itself: this server takes a grant from nobody it does not know.
    private ConnectRequest Assertion() => peer.AsMachine("assertion") with
    {
        Flow = OAuthFlow.JwtBearer,
        ClientAuthentication = ClientAuthenticationMethod.PrivateKeyJwt,
        Scope = ["api:read"],
    };
}
