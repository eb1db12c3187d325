using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.Tests.Discovery;

/// <summary>Metadata as servers write it: what has one meaning is read, and what has none costs that member alone.</summary>
public class OddMetadataTests
{
    private const string Issuer = "https://login.example.com";

    private Wire Wire { get; } = new();

    [Theory]
    [InlineData("\"client_credentials\"", "client_credentials")]
    [InlineData("\"client_credentials refresh_token\"", "client_credentials|refresh_token")]
    [InlineData("\"client_credentials, refresh_token\"", "client_credentials|refresh_token")]
    [InlineData("[\"client_credentials\",7,null,{}]", "client_credentials")]
    [InlineData("\"\"", "")]
    public async Task A_list_that_is_one_text_is_read_and_what_is_no_text_in_it_left_out(string json, string values) =>
        Assert.Equal(values, string.Join('|', (await GetAsync($",\"grant_types_supported\":{json}")).GrantTypesSupported!));

    // OAuth 2.0 Multiple Response Type Encoding Practices: one response type may be several words.
    [Theory]
    [InlineData("\"code token\"", "code token")]
    [InlineData("\"code, id_token token\"", "code|id_token token")]
    public async Task A_response_type_of_several_words_stays_one(string json, string values) =>
        Assert.Equal(values, string.Join('|', (await GetAsync($",\"response_types_supported\":{json}")).ResponseTypesSupported!));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"True\"", true)]
    [InlineData("\"false\"", false)]
    [InlineData("1", false)]
    [InlineData("null", false)]
    public async Task A_truth_that_is_a_text_is_read(string json, bool value)
    {
        var metadata = await GetAsync($",\"authorization_response_iss_parameter_supported\":{json},\"require_signed_request_object\":{json}");

        Assert.Equal((value, value), (metadata.AuthorizationResponseIssParameterSupported, metadata.RequireSignedRequestObject));
    }

    [Fact]
    public async Task What_cannot_be_read_is_passed_over_and_named_and_the_rest_serves()
    {
        var metadata = await GetAsync("""
            ,"token_endpoint":"https://login.example.com/token","revocation_endpoint":"","introspection_endpoint":" ","userinfo_endpoint":{"url":"x"},
            "jwks_uri":7,"scopes_supported":{"openid":true},"authorization_response_iss_parameter_supported":"often","mtls_endpoint_aliases":{"token_endpoint":[]},
            "device_authorization_endpoint":null,"claims_supported":5,"service_documentation":"TBD"
            """);

        Assert.Equal("https://login.example.com/token", metadata.TokenEndpoint!.OriginalString);
        Assert.Null(metadata.RevocationEndpoint ?? metadata.IntrospectionEndpoint ?? metadata.UserInfoEndpoint ?? metadata.JwksUri ?? metadata.DeviceAuthorizationEndpoint);
        Assert.Null(metadata.ScopesSupported);
        Assert.Contains(
            "In the metadata of https://login.example.com these members cannot be read and are passed over: revocation_endpoint, introspection_endpoint, "
                + "userinfo_endpoint, jwks_uri, scopes_supported, authorization_response_iss_parameter_supported, token_endpoint.",
            Wire.Log.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_costs_its_member_alone()
    {
        var metadata = await GetAsync(",\"jwks_uri\":\"https://login.example.com/\\ud800\",\"scopes_supported\":[\"\\ud800\",\"openid\"]");

        Assert.Equal((null, "openid"), (metadata.JwksUri, Assert.Single(metadata.ScopesSupported!)));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task What_is_nested_deeper_than_any_metadata_is_none(string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 100)) + "1" + string.Concat(Enumerable.Repeat(close, 100));
        Wire.Otherwise(_ => Wire.Json($"{{\"issuer\":\"{Issuer}\",\"jwks_uri\":{deep}}}"));

        var refused = await Assert.ThrowsAsync<OAuthProtocolException>(() => Server.Discovery.Of(Wire.Transport).GetAsync(Issuer));

        Assert.Equal("ResponseNotJson", refused.ErrorId);
    }

    // Microsoft Entra's common and organizations: the tenant is known only when somebody has signed in.
    [Theory]
    [InlineData("https://login.example.com/common/v2.0", true)]
    [InlineData("https://login.example.com/organizations/v2.0", true)]
    [InlineData("https://login.example.com/contoso.example.com/v2.0", false)]
    [InlineData("https://login.example.com/common/v2.0/", false)]
    [InlineData("https://login.example.com/a/common/v2.0", false)]
    [InlineData("https://login.example.com/common/v1.0", false)]
    [InlineData("https://login.evil.example/common/v2.0", false)]
    public async Task A_placeholder_stands_for_the_tenant_and_for_nothing_else(string asked, bool isTaken)
    {
        Wire.Answers(Wire.Json("""{"issuer":"https://login.example.com/{tenantid}/v2.0","token_endpoint":"https://login.example.com/token"}"""));

        var failure = await Record.ExceptionAsync(() => Server.Discovery.Of(Wire.Transport).GetAsync(asked));

        Assert.Equal(isTaken ? null : "IssuerMismatch", (failure as OAuthException)?.ErrorId);
    }

    // RFC 9207: a server could have the responses of any host taken for its own.
    [Theory]
    [InlineData("https://{tenantid}/v2.0", "https://common/v2.0")]
    [InlineData("{tenantid}//login.example.com/v2.0", "https://login.example.com/v2.0")]
    [InlineData("https://login.example.com/{tenantid}/{tenantid}", "https://login.example.com/common/common")]
    public async Task A_placeholder_stands_for_no_host(string template, string asked)
    {
        Wire.Answers(Wire.Json($$"""{"issuer":"{{template}}","token_endpoint":"https://login.example.com/token"}"""));

        var failure = await Assert.ThrowsAnyAsync<OAuthException>(() => Server.Discovery.Of(Wire.Transport).GetAsync(asked));

        Assert.Equal("IssuerMismatch", failure.ErrorId);
    }

    [Fact]
    public async Task A_place_that_leads_elsewhere_is_no_metadata_and_the_other_one_is_asked()
    {
        Wire.Answers(
            "HTTP/1.1 302 Found\nLocation: https://sso.example.net/login",
            Wire.Json($$"""{"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token"}"""));

        Assert.Equal($"{Issuer}/token", (await Server.Discovery.Of(Wire.Transport).GetAsync(Issuer)).TokenEndpoint?.OriginalString);
    }

    private Task<ServerMetadata> GetAsync(string members)
    {
        Wire.Answers(Wire.Json($$"""{"issuer":"{{Issuer}}"{{members}}}"""));
        return Server.Discovery.Of(Wire.Transport).GetAsync(Issuer, log: Wire.Log);
    }
}
