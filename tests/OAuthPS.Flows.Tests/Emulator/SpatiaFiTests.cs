using System.Text;
using System.Text.RegularExpressions;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed partial class SpatiaFiTests : EmulatorTest
{
    private const string Token = "/spatiafi/api/v1/auth/jwt/token";
    private const string Clients = "/spatiafi/api/v1/clients";
    private const string Ada = "9221ffc9-640f-4372-86d3-ce642cba5603";
    private const string DemoClient = "5d3a1c9e-7f0b-4f7e-8a51-2d9c6f0e1b42";

    // ada@example.com:correct horse battery staple
    private const string AdaBasic = "Basic YWRhQGV4YW1wbGUuY29tOmNvcnJlY3QgaG9yc2UgYmF0dGVyeSBzdGFwbGU=";
    private const string AdaForm = "username=ada%40example.com&password=correct%20horse%20battery%20staple";

    // 5d3a1c9e-7f0b-4f7e-8a51-2d9c6f0e1b42:s3cr3t-short
    private const string DemoClientBasic = "Basic NWQzYTFjOWUtN2YwYi00ZjdlLThhNTEtMmQ5YzZmMGUxYjQyOnMzY3IzdC1zaG9ydA==";

    // The emulator's clock stands at 2026-01-02T03:04:05Z.
    private const string Response = """200 {"access_token":"accessToken","token_type":"bearer","expires_at":1767323945}""";

    private Task<Reply> TemporaryTokenAsync() => AskAsync($"GET {Token}/basic\nAuthorization: {AdaBasic}");

    [Fact]
    public async Task A_temporary_token_is_had_by_basic()
    {
        var reply = await TemporaryTokenAsync();
        Assert.Equal(Response, reply.Shape);
        Assert.Contains($"\"user_id\":\"{Ada}\"", (await GetAsync("/spatiafi/api/info", reply["access_token"])).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_access_token_is_a_jwt_with_the_documented_header_and_payload()
    {
        var parts = (await TemporaryTokenAsync())["access_token"].Split('.');
        Assert.Equal(3, parts.Length);
        Assert.Equal("eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9", parts[0]);
        var padded = parts[1].Replace('-', '+').Replace('_', '/').PadRight((parts[1].Length + 3) / 4 * 4, '=');
        Assert.Equal(
            "{\"user_id\":\"9221ffc9-640f-4372-86d3-ce642cba5603\",\"aud\":\"fastapi-users:auth\",\"exp\":1767323945}",
            Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", parts[2]);
    }

    [Fact]
    public async Task Two_tokens_of_one_second_differ()
        => Assert.NotEqual((await TemporaryTokenAsync())["access_token"], (await TemporaryTokenAsync())["access_token"]);

    [Theory]
    // ada@example.com:wrong, unknown@example.com:correct horse battery staple
    [InlineData("Basic YWRhQGV4YW1wbGUuY29tOndyb25n", """400 {"detail":"LOGIN_BAD_CREDENTIALS"}""")]
    [InlineData("Basic dW5rbm93bkBleGFtcGxlLmNvbTpjb3JyZWN0IGhvcnNlIGJhdHRlcnkgc3RhcGxl", """400 {"detail":"LOGIN_BAD_CREDENTIALS"}""")]
    [InlineData("Bearer x", """401 {"detail":"Not authenticated"}""")]
    public async Task A_wrong_basic_header_is_refused(string authorization, string response)
        => Assert.Equal(response, (await AskAsync($"GET {Token}/basic\nAuthorization: {authorization}")).Shape);

    [Theory]
    [InlineData($"grant_type=password&{AdaForm}", null)]
    // The request example of the documentation has every field; scope is ignored.
    [InlineData($"grant_type=password&{AdaForm}&scope=string&client_id=&client_secret=", null)]
    [InlineData("grant_type=client_credentials", DemoClientBasic)]
    [InlineData("grant_type=client_credentials&client_id=" + DemoClient, DemoClientBasic)]
    [InlineData($"grant_type=client_credentials&client_id={DemoClient}&client_secret=s3cr3t-short&scope=anything", null)]
    public async Task Each_documented_way_is_answered_with_expires_at_and_no_refresh_token(string form, string? authorization)
        => Assert.Equal(Response, (await PostFormAsync(Token, form, authorization)).Shape);

    [Theory]
    [InlineData("", null, """422 {"detail":[{"loc":["body","grant_type"],"msg":"field required","type":"value_error.missing"}]}""")]
    [InlineData("grant_type=password&username=ada", null, """422 {"detail":[{"loc":["body","password"],"msg":"field required","type":"value_error.missing"}]}""")]
    [InlineData("grant_type=password&username=ada&password=x", null, """400 {"detail":"LOGIN_BAD_CREDENTIALS"}""")]
    [InlineData("grant_type=refresh_token", null, """400 {"detail":"unsupported_grant_type: grant_type must be password or client_credentials."}""")]
    [InlineData("grant_type=client_credentials", null, """400 {"detail":"invalid_client: The client does not authenticate."}""")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", DemoClientBasic, """400 {"detail":"invalid_request: The parameter grant_type is included more than once."}""")]
    [InlineData("grant_type=client_credentials&client_secret=s3cr3t-short", DemoClientBasic, """400 {"detail":"invalid_request: The client authenticates in more than one way."}""")]
    [InlineData("grant_type=client_credentials&client_id=other", DemoClientBasic, """400 {"detail":"invalid_client: client_id names another client than the one that authenticates."}""")]
    [InlineData($"grant_type=client_credentials&client_id={DemoClient}&client_secret=wrong", null, """400 {"detail":"invalid_client: The App Credential is unknown or its secret is wrong."}""")]
    [InlineData("grant_type=client_credentials&client_id=unknown&client_secret=s3cr3t-short", null, """400 {"detail":"invalid_client: The App Credential is unknown or its secret is wrong."}""")]
    public async Task A_token_request_that_is_not_right_is_refused(string form, string? authorization, string response)
        => Assert.Equal(response, (await PostFormAsync(Token, form, authorization)).Shape);

    [Theory]
    [InlineData($"POST {Token}?grant_type=password&{AdaForm}", 422)]
    [InlineData($"POST {Token}\nContent-Type: application/json\n\n{{\"grant_type\":\"password\"}}", 422)]
    [InlineData($"GET {Token}", 405)]
    [InlineData($"POST {Token}/basic", 405)]
    [InlineData("GET /spatiafi/api/nothing", 404)]
    public async Task What_is_not_a_posted_form_is_refused_as_fastapi_does(string request, int status)
    {
        var reply = await AskAsync(request);
        Assert.Equal(status, reply.Status);
        Assert.StartsWith("{\"detail\":", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_credential_is_created_listed_and_deleted()
    {
        var bearer = (await TemporaryTokenAsync())["access_token"];
        var created = await AskAsync($"POST {Clients}/\nAuthorization: Bearer {bearer}\nContent-Type: application/json\n\n{{}}");
        var clientId = created["client_id"];
        Assert.Equal($$"""200 {"user_id":"{{Ada}}","client_id":"{{clientId}}","client_secret":"string"}""", created.Shape);

        Assert.Equal(
            $$"""200 [{"user_id":"{{Ada}}","client_id":"{{DemoClient}}"},{"user_id":"{{Ada}}","client_id":"{{clientId}}"}]""",
            (await GetAsync(Clients + "/", bearer)).Shape);

        var form = $"grant_type=client_credentials&client_id={clientId}&client_secret={created["client_secret"]}";
        Assert.Equal(Response, (await PostFormAsync(Token, form)).Shape);
        Assert.Equal("200 null", (await AskAsync($"DELETE {Clients}/{clientId}\nAuthorization: Bearer {bearer}")).Shape);
        Assert.Equal(400, (await PostFormAsync(Token, form)).Status);
        Assert.Equal("""404 {"detail":"Not Found"}""", (await AskAsync($"DELETE {Clients}/{clientId}\nAuthorization: Bearer {bearer}")).Shape);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task Without_its_slash_the_path_redirects_and_keeps_the_method(string method)
    {
        var reply = await AskAsync($"{method} {Clients}?x=1");
        Assert.Equal((307, $"{Server.SpatiaFi}/api/v1/clients/?x=1"), (reply.Status, reply.Location));
    }

    private async Task<Reply> CreateAsync(string headersAndBody)
        => await AskAsync($"POST {Clients}/\nAuthorization: Bearer {(await TemporaryTokenAsync())["access_token"]}\n{headersAndBody}".TrimEnd('\n'));

    [Fact]
    public async Task The_documented_path_without_its_slash_is_a_redirect_that_keeps_method_and_body()
    {
        // As the seed has it: "make an empty POST request to /api/v1/clients".
        var reply = await AskAsync($"POST {Clients}\nAuthorization: Bearer {(await TemporaryTokenAsync())["access_token"]}");
        Assert.Equal((307, "", $"{Server.SpatiaFi}/api/v1/clients/"), (reply.Status, reply.Body, reply.Location));
        Assert.Equal(307, (await AskAsync($"DELETE {Clients}/{DemoClient}/")).Status);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("Content-Type: application/json\n\n{\"owner_id\":\"\"}", 200)]
    [InlineData("Content-Type: application/json\n\n{\"owner_id\":null}", 200)]
    [InlineData("Content-Type: application/json\n\n{\"owner_id\":\"somebody else\"}", 422)]
    [InlineData("Content-Type: application/json\n\n[]", 422)]
    [InlineData("Content-Type: application/json\n\n{", 422)]
    public async Task The_owner_should_be_left_blank(string body, int status)
        => Assert.Equal(status, (await CreateAsync(body)).Status);

    [Theory]
    [InlineData("Content-Type: application/json\n\nnull")]
    [InlineData("Content-Type: application/json; charset=utf-8\n\n{\"owner_id\":\"" + Ada + "\"}")]
    // Without a content type FastAPI takes a body for JSON.
    [InlineData("X-Other: 1\n\n{}")]
    public async Task A_body_without_an_owner_of_its_own_is_taken(string body) => Assert.Equal(200, (await CreateAsync(body)).Status);

    [Theory]
    [InlineData("Content-Type: application/json\n\n[1]", """{"loc":["body"],"msg":"value is not a valid dict","type":"type_error.dict"}""")]
    [InlineData("Content-Type: text/plain\n\nnope", """{"loc":["body"],"msg":"value is not a valid dict","type":"type_error.dict"}""")]
    [InlineData("Content-Type: application/x-www-form-urlencoded\n\na=1", """{"loc":["body"],"msg":"value is not a valid dict","type":"type_error.dict"}""")]
    [InlineData("Content-Type: application/json\n\n{\"owner_id\":[]}", """{"loc":["body","owner_id"],"msg":"str type expected","type":"type_error.str"}""")]
    [InlineData(
        "Content-Type: application/json\n\nnope",
        """{"loc":["body",1],"msg":"Expecting value: line 1 column 2 (char 1)","type":"value_error.jsondecode","ctx":{"msg":"Expecting value","doc":"nope","pos":1,"lineno":1,"colno":2}}""")]
    [InlineData(
        "Content-Type: application/json\n\n{\n\"ü\": \"é\" x}",
        """{"loc":["body",11],"msg":"Expecting value: line 2 column 10 (char 11)","type":"value_error.jsondecode","ctx":{"msg":"Expecting value","doc":"{\n\"ü\": \"é\" x}","pos":11,"lineno":2,"colno":10}}""")]
    public async Task A_body_that_is_not_right_is_placed_as_FastAPI_places_it(string body, string problem)
        => Assert.Equal($$"""422 {"detail":[{{problem}}]}""", (await CreateAsync(body)).Shape);

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/" + DemoClient)]
    public async Task App_credentials_want_a_bearer_token_that_is_good(string method, string path)
    {
        var missing = await AskAsync($"{method} {Clients}{path}");
        Assert.Equal("""401 {"detail":"Unauthorized"}""", missing.Shape);
        Assert.Equal("Bearer", missing.Headers.WwwAuthenticate.ToString());
        var token = (await TemporaryTokenAsync())["access_token"];
        Assert.Equal(401, (await AskAsync($"{method} {Clients}{path}\nAuthorization: Bearer {Tampered().Replace(token, ".AAAA")}")).Status);
        Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(401, (await AskAsync($"{method} {Clients}{path}\nAuthorization: Bearer {token}")).Status);
    }

    [Fact]
    public async Task A_client_id_that_is_no_uuid_fails_validation()
        => Assert.Equal(
            """422 {"detail":[{"loc":["path","client_id"],"msg":"value is not a valid uuid","type":"type_error.uuid"}]}""",
            (await AskAsync($"DELETE {Clients}/first\nAuthorization: Bearer {(await TemporaryTokenAsync())["access_token"]}")).Shape);

    [GeneratedRegex(@"\.[^.]{4}(?=[^.]*$)")]
    private static partial Regex Tampered();
}
