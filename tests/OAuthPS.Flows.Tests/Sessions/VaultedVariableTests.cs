using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>What is the customer's own in a provider's addresses goes into the vault with the session.</summary>
public sealed class VaultedVariableTests : VaultTest
{
    private static OAuthProvider Acme { get; } = new()
    {
        Name = "Acme",
        ServiceUrlTemplate = "https://{Tenant}.acme.example",
        Variables = [new("Tenant", "the tenant") { Example = "contoso" }],
        TokenEndpoint = "/{Tenant}/token",
        Flows = [OAuthFlow.ClientCredentials],
        ClientAuthentications = [ClientAuthenticationMethod.Basic],
    };

    [Fact]
    public async Task A_session_that_is_restored_renews_its_token_where_it_got_it()
    {
        Wire.Answers(Given.Token("first"), Given.Token("second"));
        await SavedAsync(new ConnectRequest { Provider = Acme, Client = Given.Client, Variables = new Dictionary<string, string> { ["Tenant"] = "contoso" } });
        Expire();

        var session = await SessionVaults.RestoreAsync(Vault, "Acme", _ => Acme, Wire.Transport, Wire.Log);

        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal(2, Wire.Requests.Count(request => request.StartsWith("POST https://contoso.acme.example/contoso/token\n", StringComparison.Ordinal)));
    }
}
