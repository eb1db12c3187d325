using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Services;

/// <summary>
/// The request of each further service after its documentation (its file has the address): where it goes, and what is in it; an id and a secret
/// are in the header, or in the body as they stand here.
/// </summary>
public sealed class OtherRequestTests : ServiceTest
{
    private const string Basic = "Authorization: Basic Y2xpZW50K2lkOmNsaWVudCtzZWNyZXQ=\n";
    private const string Client = "&client_id=client+id&client_secret=client+secret";

    [Theory]
    [InlineData("Box", "", "box_subject_type=enterprise;box_subject_id=7", "", "https://api.box.com/oauth2/token", "", "grant_type=client_credentials" + Client + "&box_subject_type=enterprise&box_subject_id=7")]
    [InlineData("CiscoUmbrella", "", "", "", "https://api.umbrella.com/auth/v2/token", Basic, "grant_type=client_credentials")]
    [InlineData("Databricks", "Workspace=dbc-a1b2345c-d6e7", "", "all-apis", "https://dbc-a1b2345c-d6e7.cloud.databricks.com/oidc/v1/token", Basic, "grant_type=client_credentials&scope=all-apis")]
    [InlineData("Discord", "", "", "identify", "https://discord.com/api/oauth2/token", Basic, "grant_type=client_credentials&scope=identify")]
    [InlineData("GenesysCloud", "Region=eu-central-1", "", "", "https://login.mypurecloud.de/oauth/token", Basic, "grant_type=client_credentials")]
    [InlineData("JamfPro", "Instance=mycompany", "", "", "https://mycompany.jamfcloud.com/api/oauth/token", "", "grant_type=client_credentials" + Client)]
    [InlineData("PayPal", "", "", "", "https://api-m.paypal.com/v1/oauth2/token", Basic, "grant_type=client_credentials")]
    [InlineData("PayPal", "Environment=sandbox", "", "", "https://api-m.sandbox.paypal.com/v1/oauth2/token", Basic, "grant_type=client_credentials")]
    [InlineData("SailPoint", "Tenant=mycompany", "", "", "https://mycompany.api.identitynow.com/oauth/token", "", "grant_type=client_credentials" + Client)]
    [InlineData("Spotify", "", "", "", "https://accounts.spotify.com/api/token", Basic, "grant_type=client_credentials")]
    [InlineData("Xero", "", "", "accounting.contacts.read", "https://identity.xero.com/connect/token", Basic, "grant_type=client_credentials&scope=accounting.contacts.read")]
    public async Task A_program_asks_for_itself(string service, string variables, string parameters, string scope, string endpoint, string authorization, string body)
    {
        var request = To(service, variables) with
        {
            Flow = OAuthFlow.ClientCredentials,
            Scope = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            AdditionalParameters = parameters.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
        };

        Assert.Equal(
            $"POST {endpoint}\n{authorization}Accept: application/json\nContent-Type: application/x-www-form-urlencoded\n\n{body}",
            Assert.Single(await SentAsync(request, Given.Token("at"))));
    }

    [Theory]
    [InlineData("Atlassian", "", "read:jira-work offline_access", "https://auth.atlassian.com/authorize", "https://auth.atlassian.com/oauth/token", "", "J")]
    [InlineData("Box", "", "", "https://account.box.com/api/oauth2/authorize", "https://api.box.com/oauth2/token", "", "F")]
    [InlineData("Discord", "", "identify", "https://discord.com/oauth2/authorize", "https://discord.com/api/oauth2/token", Basic, "F")]
    [InlineData("DocuSign", "", "signature", "https://account.docusign.com/oauth/auth", "https://account.docusign.com/oauth/token", Basic, "F")]
    [InlineData("DocuSign", "Environment=demo", "signature", "https://account-d.docusign.com/oauth/auth", "https://account-d.docusign.com/oauth/token", Basic, "F")]
    [InlineData("Dropbox", "", "files.metadata.read", "https://www.dropbox.com/oauth2/authorize", "https://api.dropboxapi.com/oauth2/token", Basic, "F")]
    [InlineData("GenesysCloud", "Region=us-west-2", "", "https://login.usw2.pure.cloud/oauth/authorize", "https://login.usw2.pure.cloud/oauth/token", Basic, "F")]
    [InlineData("HubSpot", "", "oauth", "https://app.hubspot.com/oauth/authorize", "https://api.hubapi.com/oauth/v1/token", "", "F")]
    [InlineData("Notion", "", "", "https://api.notion.com/v1/oauth/authorize", "https://api.notion.com/v1/oauth/token", Basic, "N")]
    [InlineData("QuickBooks", "", "com.intuit.quickbooks.accounting", "https://appcenter.intuit.com/connect/oauth2", "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer", Basic, "F")]
    [InlineData("Snowflake", "Account=myorg-myaccount", "refresh_token", "https://myorg-myaccount.snowflakecomputing.com/oauth/authorize", "https://myorg-myaccount.snowflakecomputing.com/oauth/token-request", Basic, "F")]
    [InlineData("Spotify", "", "user-read-private", "https://accounts.spotify.com/authorize", "https://accounts.spotify.com/api/token", Basic, "F")]
    [InlineData("Webex", "", "spark:people_read", "https://webexapis.com/v1/authorize", "https://webexapis.com/v1/access_token", "", "F")]
    [InlineData("Xero", "", "offline_access", "https://login.xero.com/identity/connect/authorize", "https://identity.xero.com/connect/token", Basic, "F")]
    [InlineData("Zoho", "DataCenter=in", "AaaServer.profile.READ", "https://accounts.zoho.in/oauth/v2/auth", "https://accounts.zoho.in/oauth/v2/token", "", "F")]
    public async Task A_person_signs_in(string service, string variables, string scope, string address, string endpoint, string authorization, string form)
    {
        var (sentTo, exchange) = await SignInAsync(
            To(service, variables) with { Scope = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries) }, Given.Token("at", refreshToken: "rt"));

        Assert.StartsWith($"{address}?response_type=code&client_id=client%20id&redirect_uri=<redirect>&state=<state>", sentTo, StringComparison.Ordinal);
        Assert.Contains(scope.Length == 0 ? "" : $"&scope={Uri.EscapeDataString(scope)}", sentTo, StringComparison.Ordinal);
        var credentials = authorization.Length == 0 ? Client : "";
        var body = form switch
        {
            "J" => "\n\n{\"grant_type\":\"authorization_code\",\"code\":\"the-code\",\"redirect_uri\":\"",
            "N" => "\n\n{\"grant_type\":\"authorization_code\",\"code\":\"the-code\",\"redirect_uri\":\"",
            _ => $"\n\ngrant_type=authorization_code&code=the-code&redirect_uri=<redirect>&code_verifier=<verifier>{credentials}",
        };
        Assert.StartsWith($"POST {endpoint}\n{authorization}Accept: application/json\nContent-Type: application/{(form == "F" ? "x-www-form-urlencoded" : "json")}", exchange, StringComparison.Ordinal);
        Assert.Contains(body, exchange, StringComparison.Ordinal);
        Assert.Equal(form == "N", !exchange.Contains("code_verifier", StringComparison.Ordinal));
    }

    // https://www.dropbox.com/developers/documentation/http/documentation and https://www.zoho.com/accounts/protocol/oauth/web-apps/authorization.html
    [Theory]
    [InlineData("Dropbox", "", "&token_access_type=offline")]
    [InlineData("Zoho", "DataCenter=us", "&access_type=offline")]
    public async Task A_refresh_token_is_asked_for_where_none_is_given_else(string service, string variables, string parameter) => Assert.Contains(
        parameter, (await SignInAsync(To(service, variables), Given.Token("at"))).Address, StringComparison.Ordinal);

    // https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/
    [Fact]
    public async Task Atlassian_takes_at_a_sign_in_what_it_needs_besides()
    {
        var request = To("Atlassian") with { AdditionalParameters = new Dictionary<string, string> { ["audience"] = "api.atlassian.com", ["prompt"] = "consent" } };

        var (address, exchange) = await SignInAsync(request, Given.Token("at"));

        Assert.EndsWith("&audience=api.atlassian.com&prompt=consent", address, StringComparison.Ordinal);
        Assert.DoesNotContain("audience", exchange, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zoho_is_called_with_a_scheme_of_its_own()
    {
        Wire.Answers(Given.Token("at"), Tests.Wire.Json("{}"));
        var session = await Wire.ConnectAsync(To("Zoho", "DataCenter=eu") with { Inputs = [new GivenRefreshToken(new Secrets.Secret("rt"))] });

        await session.SendAsync(new Api.ApiCall { Uri = new Uri("/x", UriKind.Relative) });

        Assert.Contains("\nAuthorization: Zoho-oauthtoken at\n", Wire.LastRequest, StringComparison.Ordinal);
        Assert.StartsWith("POST https://accounts.zoho.eu/oauth/v2/token\n", Wire.Requests[0], StringComparison.Ordinal);
    }
}
