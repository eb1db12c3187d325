namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>A nonce goes with <c>openid</c> (OpenID Connect Core 1.0 section 3.1.2.1), whatever is known of the server.</summary>
public class NonceTests
{
    [Theory]
    [InlineData("openid", true)]
    [InlineData("profile openid email", true)]
    [InlineData("openid2", false)]
    [InlineData("read", false)]
    public async Task It_is_sent_where_openid_is_in_the_scope_and_no_issuer_is_known(string scope, bool isSent)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space with { Scope = [scope] });

        Assert.Equal(isSent ? 22 : null, run.Sent("nonce")?.Length);
        await EndAsync(run);
    }

    [Fact]
    public async Task It_is_sent_where_the_scope_is_an_additional_parameter()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space with { AdditionalParameters = new Dictionary<string, string> { ["scope"] = "openid" } });

        Assert.Equal(("openid", 22), (run.Sent("scope"), run.Sent("nonce")?.Length));
        await EndAsync(run);
    }

    [Fact]
    public async Task One_that_the_user_gives_is_taken()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space with { Scope = ["openid"], AdditionalParameters = new Dictionary<string, string> { ["nonce"] = "my-own" } });

        Assert.Equal("my-own", run.Sent("nonce"));
        await EndAsync(run);
    }

    private static async Task EndAsync(SignInRun run)
    {
        await run.AnswerWithCodeAsync();
        await run.EndAsync();
    }
}
