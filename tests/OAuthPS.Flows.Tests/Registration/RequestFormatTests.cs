using System.Text;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Registration;

/// <summary>What a provider file states of requests comes back, and what cannot work is named.</summary>
public class RequestFormatTests
{
    private const string Smallest = """{"name":"Acme","tokenEndpoint":"https://acme.example/token","flows":["ClientCredentials"],"clientAuthentications":["Basic"]}""";

    [Fact]
    public void All_of_it_can_be_stated()
    {
        var provider = Parse(
            """
            "findsClientAuthentication":true,"tokenParameters":"Json","codeExchangeSendsScope":true,"codeExchangeSendsClientId":true,"apiAuthorizationScheme":"Zoho-oauthtoken",
            "tokenHeaders":[{"name":"Notion-Version","value":"2022-06-28"},{"name":"appkey","meaning":"the key of the app"}],
            "clientAssertion":{"audience":"https://a.example/","type":"JWT","sendsClientId":false,"sendsSha1Thumbprint":true},
            "grants":[{"flow":"ClientCredentials","grantType":"account_credentials","parameters":[{"name":"v","value":""}],"needs":[{"name":"account_id","meaning":"the account"}]}]
            """,
            out var flaw)!;

        Assert.Null(flaw);
        Assert.Equal(ParameterPlacement.Json, provider.TokenParameters);
        Assert.True(provider is { FindsClientAuthentication: true, CodeExchangeSendsScope: true, CodeExchangeSendsClientId: true, ApiAuthorizationScheme: "Zoho-oauthtoken" });
        Assert.Equal(["Notion-Version (2022-06-28)", "appkey (the key of the app)"], provider.TokenHeaders.Select(header => header.ToString()));
        Assert.Equal(new ClientAssertionFormat { Audience = "https://a.example/", Type = "JWT", SendsClientId = false, SendsSha1Thumbprint = true }, provider.ClientAssertion);
        var grant = Assert.Single(provider.Grants);
        Assert.Equal((OAuthFlow.ClientCredentials, "account_credentials", "account_id (the account)"), (grant.Flow, grant.GrantType, Assert.Single(grant.Needs).ToString()));
        Assert.Equal(new FixedParameter("v", ""), Assert.Single(grant.Parameters));
    }

    [Theory]
    [InlineData("\"grants\":null", "a list is null")]
    [InlineData("\"tokenHeaders\":null", "a list is null")]
    [InlineData("\"grants\":[null]", "'grants' has an item that is null")]
    [InlineData("\"grants\":[{\"flow\":\"ClientCredentials\",\"needs\":null}]", "has a list that is null")]
    [InlineData("\"grants\":[{}]", "$.grants")]
    [InlineData("\"grants\":[{\"flow\":\"Basic\"}]", "no 'flow' with a token request")]
    [InlineData("\"grants\":[{\"flow\":\"Zoom\"}]", "no 'flow' with a token request")]
    [InlineData("\"grants\":[{\"flow\":\"ClientCredentials\"},{\"flow\":\"ClientCredentials\"}]", "'grants' has a flow twice")]
    [InlineData("\"grants\":[{\"flow\":\"ClientCredentials\",\"grantType\":\"\"}]", "an empty 'grantType'")]
    [InlineData("\"grants\":[{\"flow\":\"ClientCredentials\",\"needs\":[{\"name\":\"a\"}]}]", "'meaning'")]
    [InlineData("\"grants\":[{\"flow\":\"ClientCredentials\",\"parameters\":[{\"name\":\"client_secret\",\"value\":\"hunter2\"}]}]", "the parameter 'client_secret', which the flow itself sends")]
    [InlineData("\"grants\":[{\"flow\":\"ClientCredentials\",\"parameters\":[{\"name\":\"grant_type\",\"value\":\"x\"}]}]", "the parameter 'grant_type'")]
    [InlineData("\"tokenHeaders\":[{\"value\":\"x\"}]", "an item of 'tokenHeaders' has no 'name'")]
    [InlineData("\"tokenHeaders\":[{\"name\":\"Authorization\",\"meaning\":\"x\"}]", "'Authorization', which cannot be sent")]
    [InlineData("\"tokenHeaders\":[{\"name\":\"Host\",\"value\":\"evil.example\"}]", "'Host', which cannot be sent")]
    [InlineData("\"tokenHeaders\":[{\"name\":\"Content-Type\",\"value\":\"text/plain\"}]", "'Content-Type', which cannot be sent")]
    [InlineData("\"tokenHeaders\":[{\"name\":\"a b\",\"value\":\"x\"}]", "which cannot be sent")]
    [InlineData("\"tokenHeaders\":[{\"name\":\"appkey\",\"value\":\"hunter2\"}]", "a value for 'appkey', which is a secret by its name")]
    [InlineData("\"tokenHeaders\":[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"a\",\"value\":\"2\"}]", "'tokenHeaders' has a name twice")]
    [InlineData("\"clientAssertion\":{\"audience\":\"\"}", "'audience' or 'type' of 'clientAssertion' is empty")]
    [InlineData("\"apiAuthorizationScheme\":\"Bearer x\"", "'apiAuthorizationScheme' is no scheme")]
    [InlineData("\"apiAuthorizationScheme\":\"DPoP\"", "'apiAuthorizationScheme' is no scheme")]
    [InlineData("\"apiAuthorizationScheme\":\"\"", "'apiAuthorizationScheme' is no scheme")]
    [InlineData("\"tokenParameters\":\"Post\"", "$.tokenParameters")]
    public void What_cannot_work_is_named_without_its_value(string member, string flaw)
    {
        Assert.Null(Parse(member, out var found));

        Assert.Contains(flaw, found, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", found, StringComparison.Ordinal);
    }

    private static OAuthProvider? Parse(string members, out string? flaw) => ProviderFile.Parse(Encoding.UTF8.GetBytes($"{Smallest[..^1]},{members}}}"), out flaw);
}
