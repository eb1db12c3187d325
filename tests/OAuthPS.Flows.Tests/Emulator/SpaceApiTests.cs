using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed class SpaceApiTests : EmulatorTest
{
    private const string Projects = "/space/api/http/projects";
    private const string Me = "/space/api/http/team-directory/profiles/me";
    private const string Engine = """{"id":"1p","key":{"key":"ENGINE"},"name":"Analytical Engine"}""";
    private const string Notes = """{"id":"2p","key":{"key":"NOTES"},"name":"Notes"}""";

    private async Task<string> TokenAsync(string scope = "**")
        => (await PostFormAsync("/space/oauth/token", $"grant_type=client_credentials&scope={scope}", SpaceBasic))["access_token"];

    private async Task<string> PersonsTokenAsync()
        => (await PostFormAsync("/space/oauth/token", "grant_type=password&username=ada&password=space-password&scope=**", SpaceBasic))["access_token"];

    [Theory]
    [InlineData("", $$"""{"next":"2","totalCount":2,"data":[{{Engine}},{{Notes}}]}""")]
    [InlineData("?$top=1", $$"""{"next":"1","totalCount":2,"data":[{{Engine}}]}""")]
    [InlineData("?$skip=1&$top=1", $$"""{"next":"2","totalCount":2,"data":[{{Notes}}]}""")]
    // The last: the SDK ends its enumeration at a batch without data.
    [InlineData("?$skip=2&$top=1", """{"next":"2","totalCount":2,"data":[]}""")]
    [InlineData("?$skip=2147483647", """{"next":"2","totalCount":2,"data":[]}""")]
    [InlineData("?%24top=1&%24fields=data", $$"""{"data":[{{Engine}}]}""")]
    // What the SDK asks for: Partial<Batch<PRProject>>.Default().WithNext().WithTotalCount().WithData(…)
    [InlineData("?$top=1&$fields=*,next,totalCount,data(id,name)", """{"next":"1","totalCount":2,"data":[{"id":"1p","name":"Analytical Engine"}]}""")]
    [InlineData("?$top=1&$fields=next,%20data(key(key,other),absent)", """{"next":"1","data":[{"key":{"key":"ENGINE"}}]}""")]
    public async Task A_batch_has_the_items_and_fields_that_were_asked_for(string query, string batch)
        => Assert.Equal($"200 {batch}", (await GetAsync(Projects + query, await TokenAsync())).Shape);

    [Fact]
    public async Task Following_next_until_a_batch_has_no_data_finds_every_item_once()
    {
        var token = await TokenAsync();
        List<string> names = [];
        for (var skip = ""; ;)
        {
            using var batch = JsonDocument.Parse((await GetAsync($"{Projects}?$top=1{skip}", token)).Body);
            var data = batch.RootElement.GetProperty("data").EnumerateArray().Select(project => project.GetProperty("name").GetString()!).ToList();
            if (data.Count == 0)
                break;
            names.AddRange(data);
            skip = "&$skip=" + batch.RootElement.GetProperty("next").GetString();
        }

        Assert.Equal(["Analytical Engine", "Notes"], names);
    }

    [Theory]
    [InlineData("$skip=x", "$skip must be the value of next.")]
    [InlineData("$skip=-1", "$skip must be the value of next.")]
    [InlineData("$top=-1", "$top must be a number of items.")]
    [InlineData("$top=99999999999", "$top must be a number of items.")]
    [InlineData("$fields=data(", "$fields must be a list of fields, such as next,data(id,name).")]
    [InlineData("$fields=data)", "$fields must be a list of fields, such as next,data(id,name).")]
    [InlineData("$fields=data()", "$fields must be a list of fields, such as next,data(id,name).")]
    [InlineData("$fields=,next", "$fields must be a list of fields, such as next,data(id,name).")]
    [InlineData("$fields=data(id)name", "$fields must be a list of fields, such as next,data(id,name).")]
    [InlineData("$fields=a(b(c(d(e(f(g(h(i(j(k(l(m(n(o(p(q))))))))))))))))", "$fields must be a list of fields, such as next,data(id,name).")]
    public async Task A_parameter_that_is_not_right_is_a_validation_error(string query, string description)
        => Assert.Equal(
            $$"""400 {"error":"validation-error","error_description":"{{description}}"}""", (await GetAsync($"{Projects}?{query}", await TokenAsync())).Shape);

    [Fact]
    public async Task The_own_profile_has_the_fields_that_the_vendors_sign_in_asks_for()
        => Assert.Equal(
            """200 {"id":"1u","username":"ada","name":{"firstName":"Ada","lastName":"Lovelace"},"emails":[{"email":"ada@example.com"}]}""",
            (await GetAsync(
                Me + "?$fields=id,username,emails(email),name(firstName,lastName),profilePicture,smallAvatar,avatar", await PersonsTokenAsync())).Shape);

    [Fact]
    public async Task An_application_has_a_profile_of_its_own()
        => Assert.Equal(
            """200 {"username":"space-client","name":{"lastName":"Client"}}""",
            (await GetAsync(Me + "?$fields=username,name(lastName)", await TokenAsync())).Shape);

    [Fact]
    public async Task Without_a_good_token_authentication_is_required()
    {
        var missing = await AskAsync($"GET {Projects}");
        Assert.Equal("""401 {"error":"authentication-required","error_description":"The Authorization header is missing."}""", missing.Shape);
        Assert.Equal("Bearer", missing.Headers.WwwAuthenticate.ToString());

        var token = await TokenAsync();
        Clock.Advance(TimeSpan.FromMinutes(10));
        var late = await GetAsync(Projects, token);
        Assert.Equal("""401 {"error":"authentication-required","error_description":"The access token expired."}""", late.Shape);
        Assert.Contains("Bearer error=\"invalid_token\"", late.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /space/api/http/nowhere", """404 {"error":"not-found","error_description":"Not Found"}""")]
    [InlineData("PUT /space/api/http/projects", """405 {"error":"request-error","error_description":"Method Not Allowed"}""")]
    public async Task What_is_not_there_is_refused_by_the_codes_that_the_SDK_knows(string request, string shape)
        => Assert.Equal(shape, (await AskAsync(request)).Shape);

    [Theory]
    [InlineData("**", 200)]
    [InlineData("Project:*", 200)]
    [InlineData("Profile:EditAbsences+Project:*", 200)]
    [InlineData("global:Project.View", 200)]
    [InlineData("project:key:ENGINE:Project.View", 200)]
    [InlineData("global:Profile.View,Project.View", 200)]
    [InlineData("Profile:*", 403)]
    [InlineData("Profile:EditAbsences,EditLanguages", 403)]
    [InlineData("global:Project.Issues.View", 403)]
    public async Task Projects_need_the_permission_to_view_projects(string scope, int status)
    {
        var reply = await GetAsync(Projects, await TokenAsync(scope));
        Assert.Equal(status, reply.Status);
        if (status == 403)
            Assert.Equal("""403 {"error":"permission-denied","error_description":"The permission Project.View is not granted."}""", reply.Shape);
    }

    [Fact]
    public async Task A_refresh_for_less_gives_a_token_for_less()
    {
        var tokens = await PostFormAsync(
            "/space/oauth/token", "grant_type=password&username=ada&password=space-password&scope=**&access_type=offline", SpaceBasic);
        var less = await PostFormAsync(
            "/space/oauth/token", $"grant_type=refresh_token&refresh_token={tokens["refresh_token"]}&scope=Profile:*", SpaceBasic);
        Assert.Equal(403, (await GetAsync(Projects, less["access_token"])).Status);
        Assert.Equal(200, (await GetAsync(Projects, tokens["access_token"])).Status);
    }

    [Fact]
    public async Task An_access_token_is_a_JWT_that_the_published_key_verifies()
    {
        var token = await PersonsTokenAsync();
        var parts = token.Split('.');
        using var keys = JsonDocument.Parse((await AskAsync("GET /space/oauth/jwks.json")).Body);
        var key = keys.RootElement.GetProperty("keys")[0];
        using var rsa = RSA.Create(new RSAParameters
        {
            Exponent = Base64Url.DecodeFromChars(key.GetProperty("e").GetString()),
            Modulus = Base64Url.DecodeFromChars(key.GetProperty("n").GetString()),
        });
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1));
        Assert.Equal("""{"alg":"RS512"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Matches(
            """^\{"sub":"ada","aud":"space-client","orgDomain":"emulator","scope":"\*\*","name":"ada","iss":"https://jetbrains\.space","principal_type":"USER","exp":1767323645,"iat":1767323045,"jti":"[A-Za-z0-9_-]{43}"\}$""",
            Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));
        Assert.NotEqual(token, await PersonsTokenAsync());
    }
}
