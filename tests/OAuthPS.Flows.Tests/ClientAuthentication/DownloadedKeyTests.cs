using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tests.Sessions;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>The JSON with a private key that a provider lets an administrator download.</summary>
public sealed class DownloadedKeyTests : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly Wire _wire = new();

    public void Dispose()
    {
        _rsa.Dispose();
        _wire.Dispose();
    }

    internal static string Google(string pem) => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "acme",
        ["private_key_id"] = "key-1",
        ["private_key"] = pem,
        ["client_email"] = "robot@acme.example",
        ["client_id"] = "1154",
        ["token_uri"] = "https://evil.example/token",
    }.ToJsonString();

    internal static string Application(string pem) =>
        new JsonObject { ["type"] = "application", ["keyId"] = "81", ["key"] = pem, ["appId"] = "7", ["clientId"] = "78366401@acme" }.ToJsonString();

    private static string ServiceUser(string pem) =>
        new JsonObject { ["type"] = "serviceaccount", ["keyId"] = "100509901696068329", ["key"] = pem, ["userId"] = "100507859606888466" }.ToJsonString();

    private static OAuthProvider Provider { get; } = new()
    {
        Name = "Acme",
        ServiceUrl = new Uri("https://oauth2.acme.example"),
        TokenEndpoint = "/token",
        Flows = [OAuthFlow.JwtBearer, OAuthFlow.ClientCredentials],
        ClientAuthentications = [ClientAuthenticationMethod.PrivateKeyJwt],
    };

    // https://developers.google.com/identity/protocols/oauth2/service-account: iss, scope, aud, exp, iat; sub to act for a person only. Where
    // the file says to send it is not asked.
    [Fact]
    public async Task A_Google_service_account_signs_a_grant_without_a_subject_in_its_own_name()
    {
        var assertion = await GrantAsync(Google(_rsa.ExportPkcs8PrivateKeyPem()));

        Assert.Equal("key-1", assertion.Header.GetProperty("kid").GetString());
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "scope"], assertion.Claims.EnumerateObject().Select(claim => claim.Name).Order());
        Assert.Equal(
            ("robot@acme.example", "https://oauth2.acme.example/token", "https://acme.example/auth/drive"),
            (assertion.Claim("iss"), assertion.Claim("aud"), assertion.Claim("scope")));
    }

    [Fact]
    public async Task It_names_the_person_that_it_acts_for()
    {
        var assertion = await GrantAsync(
            Google(_rsa.ExportPkcs8PrivateKeyPem()),
            new AssertionClaims(new Dictionary<string, JsonElement> { ["sub"] = JsonDocument.Parse("\"ada@acme.example\"").RootElement }));

        Assert.Equal("ada@acme.example", assertion.Claim("sub"));
    }

    [Fact]
    public async Task A_key_of_Zitadel_signs_one_with_itself_as_the_subject()
    {
        var assertion = await GrantAsync(ServiceUser(_rsa.ExportRSAPrivateKeyPem()));

        Assert.Equal(
            ("100507859606888466", "100507859606888466", "100509901696068329"),
            (assertion.Claim("iss"), assertion.Claim("sub"), assertion.Header.GetProperty("kid").GetString()));
    }

    [Fact]
    public async Task A_session_from_a_vault_signs_the_same()
    {
        var vault = new MemoryVault();
        _wire.Answers(Given.Token("first"), Given.Token("second"));
        await (await _wire.ConnectAsync(Request(Google(_rsa.ExportPkcs8PrivateKeyPem())))).SaveAsync(vault);

        await (await SessionVaults.RestoreAsync(vault, "Acme", _ => Provider, _wire.Transport, _wire.Log)).RenewAsync();

        Assert.Null(Sent().Claim("sub"));
    }

    [Fact]
    public void It_brings_the_client_id_and_what_is_given_goes_before_its_key_id()
    {
        var key = ClientKeyReader.FromText(new Secret(Application(_rsa.ExportPkcs8PrivateKeyPem())), new ClientKeyOptions(KeyId: "own"));

        Assert.Equal(("78366401@acme", "own"), (key.ClientId, key.KeyId));
    }

    [Theory]
    [InlineData("client_email", "robot\u001b[2J@acme.example", "has a control character or an invisible one in 'client_email'")]
    [InlineData("private_key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "is damaged")]
    public void One_that_cannot_be_used_says_why_and_shows_nothing_of_it(string member, string value, string flaw)
    {
        var members = JsonNode.Parse(Google(_rsa.ExportPkcs8PrivateKeyPem()))!;
        members[member] = value;

        var refused = Assert.Throws<OAuthUsageException>(() => ClientKeyReader.FromText(new Secret(members.ToJsonString())));

        Assert.Equal("KeyInvalid", refused.ErrorId);
        Assert.Contains(flaw, refused.Message, StringComparison.Ordinal);
        NoSecret.In(refused, "AAAA");
    }

    private static ConnectRequest Request(string file, params FlowInput[] inputs)
    {
        var key = ClientKeyReader.FromText(new Secret(file));
        return new()
        {
            Provider = Provider,
            Flow = OAuthFlow.JwtBearer,
            Client = new OAuthClient(key.ClientId!, key: key),
            Scope = ["https://acme.example/auth/drive"],
            Inputs = inputs,
        };
    }

    private async Task<SentJwt> GrantAsync(string file, params FlowInput[] inputs)
    {
        _wire.Answers(Given.Token("token"));
        await _wire.ConnectAsync(Request(file, inputs));
        return Sent();
    }

    private SentJwt Sent() => new(System.Web.HttpUtility.ParseQueryString(_wire.LastRequest.Split("\n\n")[1])["assertion"]!);
}
