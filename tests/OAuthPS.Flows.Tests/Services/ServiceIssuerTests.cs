using System.Text.Json;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Services;

/// <summary>
/// The endpoints of a service's file are those that its server names itself, in the documents of others' public repositories (Discovery/Issuers).
/// </summary>
public class ServiceIssuerTests
{
    [Theory]
    [InlineData("Auth0", "auth0", "Tenant=neoteroi;Region=eu")]
    [InlineData("EntraID", "entra-tenant", "Tenant=12345678-1234-1234-1234-123456789012")]
    [InlineData("GitLab", "gitlab", "")]
    [InlineData("Google", "google", "")]
    [InlineData("Okta", "okta", "Organization=example")]
    public void An_issuer_says_the_same(string name, string document, string variables)
    {
        var provider = ProviderVariables.Fill(ServiceFiles.Find(name)!, Values(variables));

        AssertSame(provider, new Uri(provider.Issuer!), Read(document));
        Assert.Equal(Text(Read(document), "issuer"), provider.Issuer);
    }

    // An address that its issuer is not, a realm on localhost, and the address at which everybody may sign in.
    [Theory]
    [InlineData("Dropbox", "dropbox", "", "https://api.dropboxapi.com")]
    [InlineData("Keycloak", "keycloak", "Realm=CG", "http://localhost:8080")]
    [InlineData("Salesforce", "salesforce", "", "https://login.salesforce.com")]
    public void So_does_a_server_at_another_address(string name, string document, string variables, string address) => AssertSame(
        ProviderVariables.Fill(ServiceFiles.Find(name)!, Values(variables), new Uri(address)), new Uri(address), Read(document));

    private static void AssertSame(OAuthProvider provider, Uri address, JsonElement document)
    {
        (string Member, string? Path)[] endpoints =
        [
            ("token_endpoint", provider.TokenEndpoint), ("authorization_endpoint", provider.AuthorizationEndpoint), ("jwks_uri", provider.JwksEndpoint),
            ("device_authorization_endpoint", provider.DeviceAuthorizationEndpoint), ("revocation_endpoint", provider.RevocationEndpoint),
            ("introspection_endpoint", provider.IntrospectionEndpoint), ("userinfo_endpoint", provider.UserInfoEndpoint),
        ];
        Assert.All(
            endpoints.Where(endpoint => endpoint.Path is not null && document.TryGetProperty(endpoint.Member, out _)),
            endpoint => Assert.Equal(Text(document, endpoint.Member), OAuthProvider.At(address, endpoint.Path!).AbsoluteUri));
    }

    private static Dictionary<string, string> Values(string variables) => variables
        .Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static JsonElement Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(ArchitectureTests.Root, "tests/OAuthPS.Flows.Tests/Discovery/Issuers", name + ".json"))).RootElement;

    private static string? Text(JsonElement document, string member) =>
        document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
