using System.Security.Cryptography;
using System.Text;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>The address a person's browser is sent to, and the exchange of the code that comes back.</summary>
public class AuthorizationRequestTests
{
    [Fact]
    public async Task The_sign_in_at_Space_is_sent_as_its_documentation_says_with_PKCE_and_offline_access()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space with
        {
            Scope = ["Profile:EditAbsences,EditLanguages", "**"],
            AdditionalParameters = new Dictionary<string, string> { ["request_credentials"] = "default" },
        });

        Assert.Equal(
            "https://mycompany.jetbrains.space/oauth/auth?response_type=code&client_id=client%20id"
            + $"&redirect_uri=http%3A%2F%2F127.0.0.1%3A{run.Port}%2F&state={run.State}"
            + $"&code_challenge={run.Sent("code_challenge")}&code_challenge_method=S256&access_type=offline"
            + "&scope=Profile%3AEditAbsences%2CEditLanguages%20%2A%2A&request_credentials=default",
            run.Url.AbsoluteUri);

        await run.AnswerWithCodeAsync();
        await run.EndAsync();
        var verifier = run.Wire.LastRequest.Split("code_verifier=")[1];
        Assert.Equal($"""
            POST https://mycompany.jetbrains.space/oauth/token
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=authorization_code&code=the-code&redirect_uri=http%3A%2F%2F127.0.0.1%3A{run.Port}%2F&code_verifier={verifier}
            """, Body(run));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", verifier);
        Assert.Equal(run.Sent("code_challenge"), Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }

    [Fact]
    public async Task The_sign_in_at_Spacebring_is_sent_without_PKCE_and_its_code_exchange_without_a_redirect_URI()
    {
        var run = await SignInRun.StartAsync(SignInRun.Spacebring with { Scope = ["resources", "locations"] });

        Assert.Equal(
            "https://api.spacebring.com/oauth2/authorize?response_type=code&client_id=client%20id"
            + $"&redirect_uri=http%3A%2F%2F127.0.0.1%3A{run.Port}%2F&state={run.State}&scope=resources%20locations",
            run.Url.AbsoluteUri);

        await run.AnswerWithCodeAsync();
        await run.EndAsync();
        Assert.Equal("""
            POST https://api.spacebring.com/oauth2/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=authorization_code&code=the-code&client_id=client+id&client_secret=client+secret
            """, Body(run));
    }

    [Fact]
    public async Task The_implicit_sign_in_asks_for_a_token()
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit with { Scope = ["**"] });

        Assert.Equal(
            "https://mycompany.jetbrains.space/oauth/auth?response_type=token&client_id=client%20id"
            + $"&redirect_uri=http%3A%2F%2F127.0.0.1%3A{run.Port}%2F&state={run.State}&scope=%2A%2A",
            run.Url.AbsoluteUri);
        Assert.Contains(run.Wire.Log.Warnings, warning => warning.Contains("RFC 9700 section 2.1.2 advises against it", StringComparison.Ordinal));
    }

    /// <summary>RFC 7636 appendix B.</summary>
    [Fact]
    public void The_example_of_the_PKCE_specification_is_met() =>
        Assert.Equal("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Pkce.Challenge(new Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));

    [Fact]
    public async Task State_verifier_and_nonce_are_new_each_time_and_of_128_bits_at_least()
    {
        var first = await SignInRun.StartAsync(SignInRun.Space);
        var second = await SignInRun.StartAsync(SignInRun.Space);

        Assert.NotEqual(first.State, second.State);
        Assert.NotEqual(first.Sent("code_challenge"), second.Sent("code_challenge"));
        Assert.Equal(22, first.State.Length);
        Assert.NotEqual(first.Port, second.Port);
    }

    [Fact]
    public async Task A_query_that_the_authorization_endpoint_has_is_kept()
    {
        var provider = SignInRun.Space.Provider with { AuthorizationEndpoint = "/oauth/auth?tenant=7" };
        var run = await SignInRun.StartAsync(SignInRun.Space with { Provider = provider });

        Assert.StartsWith("https://mycompany.jetbrains.space/oauth/auth?tenant=7&response_type=code&", run.Url.AbsoluteUri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state")]
    [InlineData("redirect_uri")]
    [InlineData("code_challenge")]
    public async Task An_additional_parameter_cannot_take_the_place_of_one_that_protects_the_sign_in(string name)
    {
        var request = SignInRun.Space with { AdditionalParameters = new Dictionary<string, string> { [name] = "mine" } };

        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => SignInRun.StartAsync(request));
        Assert.Equal("AdditionalParameterTaken", failure.ErrorId);
    }

    [Fact]
    public async Task Neither_code_nor_verifier_nor_state_is_logged()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        await run.AnswerWithCodeAsync();
        await run.EndAsync();

        NoSecret.In(run.Wire.Log, "the-code", run.State, run.Wire.LastRequest.Split("code_verifier=")[1], Given.ClientSecret, "token\"");
    }

    private static string Body(SignInRun run) => run.Wire.LastRequest;
}
