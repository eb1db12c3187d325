using System.Security.Cryptography;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>What connecting would send, told before anything is sent.</summary>
public sealed class ConnectPreviewTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose()
    {
        // Whatever it was that was described: nothing was sent.
        Assert.Empty(_wire.Requests);
        _wire.Dispose();
    }

    [Fact]
    public Task Client_credentials_by_Basic_with_the_parameters_in_the_query() =>
        DescribesAsync(Given.Blynk, "POST https://fra1.blynk.cloud/oauth2/token?grant_type=client_credentials, Authorization: Basic ***");

    [Fact]
    public Task A_client_assertion() => DescribesAsync(
        Given.SpatiaFi,
        "POST https://auth.spatiafi.com/api/v1/auth/jwt/token, body: grant_type=client_credentials&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=***");

    [Fact]
    public Task Basic_on_every_call_sends_nothing_to_connect() => DescribesAsync(Given.SpacebringBasic, "Nothing: each API call carries Authorization: Basic ***");

    [Fact]
    public Task A_persons_password() => DescribesAsync(
        Given.SpatiaFi with { Client = null, Flow = OAuthFlow.Password, Inputs = [Given.User] },
        "POST https://auth.spatiafi.com/api/v1/auth/jwt/token, body: grant_type=password&username=ada@example.com&password=***");

    [Fact]
    public Task DPoP_a_resource_and_a_token_to_exchange() => DescribesAsync(
        new ConnectRequest
        {
            Provider = Given.Space.Provider with { Flows = [OAuthFlow.TokenExchange] },
            ServiceUrl = Given.Space.ServiceUrl,
            Client = Given.Client,
            DPoP = true,
            Resource = ["https://api.example.com/"],
            Inputs = [new TokenExchange(new Secret("the-subject-token"))],
        },
        "POST https://mycompany.jetbrains.space/oauth/token, Authorization: Basic ***, DPoP: ***, body: grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token=***"
        + "&subject_token_type=urn:ietf:params:oauth:token-type:access_token&resource=https://api.example.com/");

    [Fact]
    public async Task A_sign_in_is_the_browsers_address_and_the_exchange_of_the_code()
    {
        var request = Given.Space with { Flow = OAuthFlow.AuthorizationCode, Scope = ["**"], SignIn = new() { RedirectUri = "http://127.0.0.1:8400/" } };
        var lines = (await ConnectPreview.DescribeAsync(request, _wire.Transport)).Requests;

        Assert.Equal(2, lines.Count);
        Assert.Matches(
            @"^In a browser: https://mycompany\.jetbrains\.space/oauth/auth\?response_type=code&client_id=client id&redirect_uri=http://127\.0\.0\.1:8400/&state=\S+&code_challenge=\S+&code_challenge_method=S256&access_type=offline&scope=\*\*$",
            lines[0]);
        Assert.Equal(
            "POST https://mycompany.jetbrains.space/oauth/token, Authorization: Basic ***, body: grant_type=authorization_code&code=***&redirect_uri=http://127.0.0.1:8400/&code_verifier=***",
            lines[1]);
    }

    [Fact]
    public async Task A_pushed_and_signed_request_is_shown_as_what_it_is()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var provider = Given.Space.Provider with
        {
            PushedAuthorizationRequestEndpoint = "/oauth/par",
            RequiresSignedRequestObject = true,
            ClientAuthentications = [ClientAuthenticationMethod.PrivateKeyJwt],
        };
        var request = Given.Space with { Provider = provider, Flow = OAuthFlow.AuthorizationCode, Scope = ["**"], Client = new OAuthClient("me", key: new ClientKey(key)) };

        var lines = (await ConnectPreview.DescribeAsync(request, _wire.Transport)).Requests;

        Assert.Matches(
            "^POST https://mycompany.jetbrains.space/oauth/par, body: client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=[*]{3}&client_id=me&request=eyJ",
            lines[0]);
        Assert.Equal("In a browser: https://mycompany.jetbrains.space/oauth/auth?client_id=me&request_uri=***", lines[1]);
    }

    [Fact]
    public Task A_device_code() => DescribesAsync(
        new ConnectRequest
        {
            Provider = new OAuthProvider { Name = "x", ServiceUrl = new Uri("https://as.example.com"), TokenEndpoint = "/token", DeviceAuthorizationEndpoint = "/device", Flows = [OAuthFlow.DeviceCode], ClientAuthentications = [ClientAuthenticationMethod.None] },
            Client = new OAuthClient("tv"),
            Scope = ["openid"],
        },
        "POST https://as.example.com/device, body: scope=openid&client_id=tv",
        "POST https://as.example.com/token, body: grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=***&client_id=tv");

    [Fact]
    public Task Where_the_server_has_yet_to_be_asked_that_is_what_would_be_sent() => DescribesAsync(
        new ConnectRequest { Provider = new OAuthProvider { Name = "x", Issuer = "https://login.example.com" }, Client = Given.Client },
        ["GET the metadata of https://login.example.com; what follows depends on what it says."],
        isComplete: false);

    [Fact]
    public async Task What_does_not_do_is_the_same_error_as_when_connecting()
    {
        var preview = await Assert.ThrowsAsync<OAuthUsageException>(() => ConnectPreview.DescribeAsync(Given.Space with { Client = null }, _wire.Transport));
        var connecting = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Given.Space with { Client = null }));

        Assert.Equal(connecting.Message, preview.Message);
    }

    private Task DescribesAsync(ConnectRequest request, params string[] lines) => DescribesAsync(request, lines, isComplete: true);

    private async Task DescribesAsync(ConnectRequest request, string[] lines, bool isComplete)
    {
        var described = await ConnectPreview.DescribeAsync(request, _wire.Transport);

        Assert.Equal(lines, described.Requests);
        Assert.Equal(isComplete, described.IsComplete);
        NoSecret.In(string.Join('\n', described.Requests), Given.ClientSecret, Given.Password, "the-subject-token");
    }
}
