using System.Security.Cryptography;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>
/// Whom a client's assertion is for (RFC 7523 section 3): the server, by its issuer or its token endpoint, wherever it is sent. One that
/// names the address that happens to be called could be used by whoever listens there.
/// </summary>
public sealed class AssertionAudienceTests : IDisposable
{
    private const string Issuer = "https://login.example.com";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Wire _wire = new();

    public void Dispose()
    {
        _key.Dispose();
        _wire.Dispose();
    }

    public static TheoryData<string, ClientAuthenticationMethod, string?, string> Requests
    {
        get
        {
            var data = new TheoryData<string, ClientAuthenticationMethod, string?, string>();
            foreach (var endpoint in new[] { "introspect", "revoke", "par", "device" })
            {
                foreach (var method in new[] { ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.SecretJwt })
                {
                    data.Add(endpoint, method, Issuer, Issuer);
                    data.Add(endpoint, method, null, "https://mycompany.jetbrains.space/oauth/token");
                }
            }

            data.Add("oauth/token", ClientAuthenticationMethod.PrivateKeyJwt, Issuer, Issuer);
            data.Add("oauth/token", ClientAuthenticationMethod.SecretJwt, null, "https://mycompany.jetbrains.space/oauth/token");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task It_is_for_the_issuer_or_the_token_endpoint(string endpoint, ClientAuthenticationMethod method, string? issuer, string audience)
    {
        var request = await SendAsync(endpoint, method, issuer);

        Assert.StartsWith($"POST https://mycompany.jetbrains.space/{endpoint}\n", request, StringComparison.Ordinal);
        Assert.Equal(audience, SentAssertion.Of(request).Claims.GetProperty("aud").GetString());
    }

    private async Task<string> SendAsync(string endpoint, ClientAuthenticationMethod method, string? issuer)
    {
        var request = Given.Space with
        {
            Provider = Given.Space.Provider with
            {
                TokenEndpoint = "/oauth/token",
                IntrospectionEndpoint = "/introspect",
                RevocationEndpoint = "/revoke",
                PushedAuthorizationRequestEndpoint = "/par",
                DeviceAuthorizationEndpoint = "/device",
                ClientAuthentications = [method],
                Flows = [OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.DeviceCode],
            },
            ServiceUrl = new Uri("https://mycompany.jetbrains.space"),
            Client = method == ClientAuthenticationMethod.PrivateKeyJwt ? new OAuthClient("me", key: new ClientKey(_key)) : Given.Client,
        };
        if (issuer is not null)
        {
            // As the metadata of the issuer has them, at another host.
            var at = "https://mycompany.jetbrains.space";
            _wire.Answers(Wire.Json($$"""
                {"issuer":"{{issuer}}","authorization_endpoint":"{{at}}/a","token_endpoint":"{{at}}/oauth/token","introspection_endpoint":"{{at}}/introspect",
                "revocation_endpoint":"{{at}}/revoke","pushed_authorization_request_endpoint":"{{at}}/par","device_authorization_endpoint":"{{at}}/device",
                "grant_types_supported":["client_credentials","authorization_code","urn:ietf:params:oauth:grant-type:device_code"],
                "token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_jwt"]}
                """));
            request = request with { Provider = request.Provider with { Issuer = issuer }, ServiceUrl = null };
        }

        const string NoMore = "HTTP/1.1 400 Bad Request\n\n";
        switch (endpoint)
        {
            case "par" or "device":
                _wire.Answers(NoMore);
                var flow = endpoint == "par" ? OAuthFlow.AuthorizationCode : OAuthFlow.DeviceCode;
                await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(request with { Flow = flow }, new RecordingPrompt(), _wire.Transport, _wire.Log));
                break;
            default:
                _wire.Answers(Given.Token("token"), NoMore);
                var session = await OAuthConnection.ConnectAsync(request with { Flow = OAuthFlow.ClientCredentials }, new RecordingPrompt(), _wire.Transport, _wire.Log);
                if (endpoint == "introspect")
                    await Assert.ThrowsAsync<OAuthServerException>(() => session.TestTokenAsync());
                else if (endpoint == "revoke")
                    await Assert.ThrowsAsync<OAuthServerException>(() => session.RevokeAsync());
                break;
        }

        return _wire.LastRequest;
    }
}
