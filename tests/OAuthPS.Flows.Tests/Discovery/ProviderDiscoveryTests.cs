using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Discovery;

/// <summary>What a server says of itself, as a provider.</summary>
public class ProviderDiscoveryTests
{
    private const string Issuer = "https://login.example.com";
    private const string Endpoints = """
        ,"authorization_endpoint":"https://login.example.com/authorize","token_endpoint":"https://login.example.com/token",
        "device_authorization_endpoint":"https://login.example.com/device"
        """;

    // Microsoft Entra, Apple and Amazon Cognito list no grants and offer more than RFC 8414's default: silence forbids nothing.
    [Theory]
    [InlineData("", "ClientCredentials, AuthorizationCode, DeviceCode, RefreshToken, TokenExchange, JwtBearer")]
    [InlineData(",\"response_types_supported\":[\"code\",\"token\"]", "ClientCredentials, AuthorizationCode, DeviceCode, RefreshToken, TokenExchange, JwtBearer")]
    [InlineData(",\"response_types_supported\":[\"code id_token\"]", "ClientCredentials, AuthorizationCode, DeviceCode, RefreshToken, TokenExchange, JwtBearer")]
    [InlineData(",\"response_types_supported\":[\"token\"]", "ClientCredentials, DeviceCode, RefreshToken, TokenExchange, JwtBearer")]
    [InlineData(",\"response_types_supported\":[\"token\"],\"grant_types_supported\":[\"implicit\"]", "DeviceCode, Implicit")]
    [InlineData(
        ",\"grant_types_supported\":[\"refresh_token\",\"authorization_code\",\"client_credentials\",\"password\"]",
        "ClientCredentials, AuthorizationCode, DeviceCode, RefreshToken, Password")]
    [InlineData(",\"grant_types_supported\":[\"urn:ietf:params:oauth:grant-type:device_code\",\"urn:example:other\"]", "DeviceCode")]
    [InlineData(",\"grant_types_supported\":[]", "DeviceCode")]
    public async Task Its_grants_become_flows_the_best_first_and_left_out_they_forbid_none(string members, string flows) =>
        Assert.Equal(flows, string.Join(", ", (await CompleteAsync(Endpoints + members)).Flows));

    [Fact]
    public async Task What_a_provider_file_states_goes_before_what_the_server_announces()
    {
        var file = new OAuthProvider
        {
            Name = "Example",
            Issuer = Issuer,
            Flows = [OAuthFlow.ClientCredentials],
            ClientAuthentications = [ClientAuthenticationMethod.Post],
        };
        var wire = new Wire().Answers(Document(
            Endpoints + ",\"grant_types_supported\":[\"authorization_code\"],\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\"]"));

        var provider = await ProviderDiscovery.CompleteAsync(file, null, wire.Transport);

        Assert.Equal([OAuthFlow.ClientCredentials], provider.Flows);
        Assert.Equal([ClientAuthenticationMethod.Post], provider.ClientAuthentications);
        Assert.Equal("https://login.example.com/token", provider.TokenEndpoint);
    }

    [Fact]
    public async Task A_flow_that_a_provider_file_states_is_not_offered_without_its_endpoint()
    {
        var file = new OAuthProvider { Name = "Example", Issuer = Issuer, Flows = [OAuthFlow.DeviceCode, OAuthFlow.ClientCredentials] };
        var wire = new Wire().Answers(Document(",\"token_endpoint\":\"https://login.example.com/token\""));

        Assert.Equal([OAuthFlow.ClientCredentials], (await ProviderDiscovery.CompleteAsync(file, null, wire.Transport)).Flows);
    }

    [Fact]
    public async Task What_was_announced_at_registration_is_not_stated_and_grows_old()
    {
        var registered = new OAuthProvider
        {
            Name = "Example",
            Issuer = Issuer,
            Flows = [OAuthFlow.ClientCredentials],
            ClientAuthentications = [ClientAuthenticationMethod.Basic],
            FollowsMetadata = true,
        };
        var wire = new Wire().Answers(Document(
            Endpoints + ",\"grant_types_supported\":[\"authorization_code\"],\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"]"));

        var provider = await ProviderDiscovery.CompleteAsync(registered, null, wire.Transport);

        Assert.Equal([OAuthFlow.AuthorizationCode, OAuthFlow.DeviceCode], provider.Flows);
        Assert.Equal([ClientAuthenticationMethod.Post, ClientAuthenticationMethod.None], provider.ClientAuthentications);
    }

    [Fact]
    public async Task A_grant_whose_endpoint_is_missing_is_not_offered()
    {
        var provider = await CompleteAsync(
            ""","token_endpoint":"https://login.example.com/token","grant_types_supported":["authorization_code","client_credentials","urn:ietf:params:oauth:grant-type:device_code"]""");

        Assert.Equal([OAuthFlow.ClientCredentials], provider.Flows);
    }

    [Theory]
    [InlineData("", "Basic, Post, PrivateKeyJwt, Tls, SecretJwt, None")]
    [InlineData(",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\",\"client_secret_basic\"]", "Basic, Post, None")]
    [InlineData(",\"token_endpoint_auth_methods_supported\":[\"client_secret_jwt\",\"private_key_jwt\",\"none\"]", "PrivateKeyJwt, SecretJwt, None")]
    [InlineData(",\"token_endpoint_auth_methods_supported\":[\"tls_client_auth\",\"self_signed_tls_client_auth\"]", "Tls, None")]
    public async Task Its_client_authentications_are_taken_over(string members, string methods) =>
        Assert.Equal(methods, string.Join(", ", (await CompleteAsync(Endpoints + members)).ClientAuthentications));

    [Fact]
    public async Task Algorithms_keys_and_the_issuer_in_answers_are_taken_over()
    {
        var provider = await CompleteAsync(Endpoints + """
            ,"jwks_uri":"https://login.example.com/keys","id_token_signing_alg_values_supported":["ES256"],"authorization_response_iss_parameter_supported":true
            """);

        Assert.Equal("https://login.example.com/keys", provider.JwksEndpoint);
        Assert.Equal(["ES256"], provider.IdTokenAlgorithms);
        Assert.True(provider.AuthorizationResponseHasIssuer);
        Assert.True(provider.SupportsPkce);
    }

    [Fact]
    public async Task Without_a_token_endpoint_nothing_can_be_done_and_that_is_said()
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => CompleteAsync(""));

        Assert.Equal("MetadataIncomplete", failure.ErrorId);
        Assert.Contains("has no token_endpoint", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_URL_stands_for_the_issuer()
    {
        var wire = new Wire().Answers(Wire.Json("""{"issuer":"https://other.example.com/a","token_endpoint":"https://other.example.com/token"}"""));

        var provider = await ProviderDiscovery.CompleteAsync(new() { Name = "Example", Issuer = Issuer }, new Uri("https://other.example.com/a"), wire.Transport);

        Assert.Equal("https://other.example.com/a", provider.Issuer);
        Assert.StartsWith("GET https://other.example.com/a/.well-known/openid-configuration\n", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_credentials_through_an_issuer_cost_its_metadata_once()
    {
        var wire = new Wire().Answers(
            Document(Endpoints + ",\"grant_types_supported\":[\"client_credentials\"]"), Given.Token("first"), Given.Token("second"));
        var request = new ConnectRequest { Provider = new() { Name = "Example", Issuer = Issuer }, Client = Given.Client, Scope = ["read"] };

        await wire.ConnectAsync(request);
        var session = await wire.ConnectAsync(request);

        Assert.Equal(3, wire.Requests.Count);
        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
        Assert.Null(session.Subject);
        Assert.Equal("""
            POST https://login.example.com/token
            Authorization: Basic Y2xpZW50K2lkOmNsaWVudCtzZWNyZXQ=
            Accept: application/json
            Content-Type: application/x-www-form-urlencoded

            grant_type=client_credentials&scope=read
            """, wire.LastRequest);
    }

    private static string Document(string members) => Wire.Json($$"""{"issuer":"{{Issuer}}"{{members}}}""");

    private static Task<OAuthProvider> CompleteAsync(string members) =>
        ProviderDiscovery.CompleteAsync(new() { Name = "Example", Issuer = Issuer }, null, new Wire().Answers(Document(members)).Transport);
}
