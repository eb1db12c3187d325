using System.Text.Json;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Discovery;

/// <summary>What large issuers say of themselves, as it is stored in public: each is taken, or refused for a reason of its own.</summary>
public class IssuerDocumentTests
{
    private const string Machine = "ClientCredentials, AuthorizationCode, RefreshToken, TokenExchange, JwtBearer";
    private const string MachineAndDevice = "ClientCredentials, AuthorizationCode, DeviceCode, RefreshToken, TokenExchange, JwtBearer";

    [Theory]
    [InlineData("amazon-cognito", Machine)]
    [InlineData("apple", Machine)]
    [InlineData("auth0", MachineAndDevice)]
    [InlineData("battle-net", "ClientCredentials, AuthorizationCode, DeviceCode, RefreshToken, TokenExchange, Implicit")]
    [InlineData("discord", Machine)]
    [InlineData("docker", MachineAndDevice)]
    [InlineData("dropbox", "AuthorizationCode")]
    [InlineData("entra-common", MachineAndDevice, "https://login.microsoftonline.com/common/v2.0")]
    [InlineData("entra-organizations", MachineAndDevice, "https://login.microsoftonline.com/organizations/v2.0")]
    [InlineData("entra-tenant", MachineAndDevice)]
    [InlineData("entra-tenant-v1", MachineAndDevice)]
    [InlineData("gitlab", "ClientCredentials, AuthorizationCode, RefreshToken, Password")]
    [InlineData("google", "AuthorizationCode, DeviceCode, RefreshToken, JwtBearer")]
    [InlineData("keycloak", "ClientCredentials, AuthorizationCode, DeviceCode, RefreshToken, Password, Implicit")]
    [InlineData("klarna", "ClientCredentials, AuthorizationCode, RefreshToken, Implicit")]
    [InlineData("lego", "ClientCredentials, AuthorizationCode, DeviceCode, RefreshToken, Implicit")]
    [InlineData("line", Machine)]
    [InlineData("linkedin", Machine)]
    [InlineData("mojeid", "AuthorizationCode, RefreshToken, JwtBearer, Implicit")]
    [InlineData("okta", "AuthorizationCode, DeviceCode, RefreshToken, Password, Implicit")]
    [InlineData("paypal", "AuthorizationCode, RefreshToken")]
    [InlineData("salesforce", Machine)]
    [InlineData("slack", "AuthorizationCode")]
    [InlineData("spotify", "AuthorizationCode, RefreshToken, JwtBearer")]
    [InlineData("twitch", Machine)]
    [InlineData("verimi", "ClientCredentials, AuthorizationCode, RefreshToken, Implicit")]
    [InlineData("yahoo", "AuthorizationCode, RefreshToken")]
    [InlineData("zitadel", MachineAndDevice)]
    public async Task An_issuer_offers_every_flow_whose_endpoint_it_names(string name, string flows, string? issuer = null)
    {
        var document = Read(name);

        var provider = await CompleteAsync(name, issuer ?? Text(document, "issuer")!);

        Assert.Equal(flows, string.Join(", ", provider.Flows));
        (string Member, string? Taken)[] endpoints =
        [
            ("token_endpoint", provider.TokenEndpoint), ("authorization_endpoint", provider.AuthorizationEndpoint), ("jwks_uri", provider.JwksEndpoint),
            ("device_authorization_endpoint", provider.DeviceAuthorizationEndpoint), ("revocation_endpoint", provider.RevocationEndpoint),
            ("introspection_endpoint", provider.IntrospectionEndpoint), ("pushed_authorization_request_endpoint", provider.PushedAuthorizationRequestEndpoint),
        ];
        Assert.All(endpoints, endpoint => Assert.Equal(Text(document, endpoint.Member), endpoint.Taken));
        Assert.Null(ProviderCheck.Flaw(provider));
    }

    // A server that takes no code has no token endpoint. One that is looked up at another address than its own is another's.
    [Theory]
    [InlineData("facebook", "https://www.facebook.com", "MetadataIncomplete", "has no token_endpoint")]
    [InlineData("linkedin", "https://www.linkedin.com/oauth", "IssuerMismatch", "is of 'https://www.linkedin.com'")]
    [InlineData("entra-common", "https://login.microsoftonline.com/common", "IssuerMismatch", "is of 'https://login.microsoftonline.com/{tenantid}/v2.0'")]
    [InlineData("entra-tenant-v1", "https://login.windows.net/cc74fc12-4142-400e-a653-f98bdeadbeef", "IssuerMismatch", "is of 'https://sts.windows.net/")]
    [InlineData("auth0", "https://neoteroi.eu.auth0.com", "IssuerMismatch", "is of 'https://neoteroi.eu.auth0.com/'")]
    public async Task An_issuer_is_refused_for_the_reason_that_it_has(string name, string issuer, string id, string words)
    {
        var refused = await Assert.ThrowsAsync<OAuthProtocolException>(() => CompleteAsync(name, issuer));

        Assert.Equal(id, refused.ErrorId);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_document_is_tried()
    {
        var tried = typeof(IssuerDocumentTests).GetMethods().SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false))
            .Select(row => (string)((InlineDataAttribute)row).GetData(null!).Single()[0]).Distinct();

        Assert.Equal(Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(), tried.Order());
    }

    private static string Folder { get; } = Path.Combine(
        ArchitectureTests.Root, "tests", "OAuthPS.Flows.Tests", "Discovery", "Issuers");

    private static Task<OAuthProvider> CompleteAsync(string name, string issuer) => ProviderDiscovery.CompleteAsync(
        new() { Name = "Example", Issuer = issuer }, null, new Wire().Answers(Wire.Json(File.ReadAllText(Path.Combine(Folder, name + ".json")))).Transport);

    private static JsonElement Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;

    private static string? Text(JsonElement document, string member) => document.TryGetProperty(member, out var value) ? value.GetString() : null;
}
