using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Providers;

/// <summary>https://www.jetbrains.com/help/space/oauth-2-0-authorization.html and its pages for each flow.</summary>
public class JetBrainsSpaceWireTests
{
    private const string Scope = "Project:* Profile:EditAbsences,EditLanguages";

    [Fact]
    public async Task Client_credentials_go_by_HTTP_Basic_and_the_commas_of_the_scope_are_left_alone()
    {
        var wire = new Wire().Answers(Given.Token("token", 600));

        await wire.ConnectAsync(Given.Space with { Scope = Scope.Split(' ') });

        Assert.Equal("""
            POST https://mycompany.jetbrains.space/oauth/token
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=client_credentials&scope=Project%3A%2A+Profile%3AEditAbsences%2CEditLanguages
            """, Assert.Single(wire.Requests));
    }

    [Fact]
    public async Task The_scope_for_everything_is_sent_as_two_asterisks()
    {
        var wire = new Wire().Answers(Given.Token("token", 600));

        await wire.ConnectAsync(Given.Space with { Scope = ["**"] });

        Assert.EndsWith("grant_type=client_credentials&scope=%2A%2A", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_flow_asks_for_offline_access_so_that_a_refresh_token_is_given()
    {
        var wire = new Wire().Answers(Given.Token("token", 600, "refresh"));

        await wire.ConnectAsync(Given.Space with { Inputs = [Given.User], Scope = Scope.Split(' ') });

        Assert.Equal("""
            POST https://mycompany.jetbrains.space/oauth/token
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=password&username=ada%40example.com&password=Pa55+w%C3%B6rd%26%2B%25&scope=Project%3A%2A+Profile%3AEditAbsences%2CEditLanguages&access_type=offline
            """, Assert.Single(wire.Requests));
    }

    [Fact]
    public async Task A_refresh_repeats_the_scope_and_keeps_the_refresh_token_that_the_answer_leaves_out()
    {
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1"), Given.Token("second", 600), Given.Token("third", 600));
        var session = await wire.ConnectAsync(Given.Space with { Inputs = [Given.User], Scope = Scope.Split(' ') });

        await session.RenewAsync();
        await session.RenewAsync();

        Assert.Equal(wire.Requests[1], wire.Requests[2]);
        Assert.Equal("""
            POST https://mycompany.jetbrains.space/oauth/token
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=refresh_token&refresh_token=refresh-1&scope=Project%3A%2A+Profile%3AEditAbsences%2CEditLanguages
            """, wire.LastRequest);
    }

    [Fact]
    public async Task A_public_client_exchanges_its_code_with_client_id_verifier_and_redirect_uri_in_the_body()
    {
        var wire = new Wire().Answers(Given.Token("token", 600, "refresh"), Given.Token("second", 600));

        var session = await wire.ConnectAsync(Given.Space with
        {
            Client = new OAuthClient("public id"),
            Inputs = [new AuthorizationCode(new Secret("c0de"), "http://127.0.0.1:8400/callback", new Secret("verifier~1"))],
        });
        await session.RenewAsync();

        Assert.Equal("""
            POST https://mycompany.jetbrains.space/oauth/token
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=authorization_code&code=c0de&redirect_uri=http%3A%2F%2F127.0.0.1%3A8400%2Fcallback&code_verifier=verifier~1&client_id=public+id
            """, wire.Requests[0]);
        Assert.EndsWith("grant_type=refresh_token&refresh_token=refresh&client_id=public+id", wire.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_token_of_ones_own_opens_a_session_and_is_kept()
    {
        var wire = new Wire().Answers(Given.Token("first", 600), Given.Token("second", 600));
        var session = await wire.ConnectAsync(Given.Space with { Inputs = [new GivenRefreshToken(new Secret("mine"))], Scope = ["**"] });

        await session.RenewAsync();

        Assert.All(wire.Requests, request => Assert.EndsWith("grant_type=refresh_token&refresh_token=mine&scope=%2A%2A", request, StringComparison.Ordinal));
        Assert.Equal(OAuthFlow.RefreshToken, session.Flow);
    }

    [Fact]
    public async Task Every_organization_has_its_own_address_and_the_error_says_so()
    {
        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => new Wire().ConnectAsync(Given.Space with { ServiceUrl = null }));

        Assert.Equal("ServiceUrlNeeded", error.ErrorId);
        Assert.Contains("https://mycompany.jetbrains.space", error.Message, StringComparison.Ordinal);
    }
}
