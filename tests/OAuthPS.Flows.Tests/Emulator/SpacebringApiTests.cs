using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed class SpacebringApiTests : EmulatorTest
{
    private const string Network = "spacebring-network-id: 8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11";
    private const string HarbourHouse = "0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c01";

    private const string Locations =
        """{"locations":[{"id":"0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c01","networkRef":"8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11","title":"Harbour House"},"""
        + """{"id":"0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c02","networkRef":"8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11","title":"Old Mill"}]}""";

    private async Task<string> TokenAsync(string scope)
    {
        var page = await AskAsync(
            $"GET /spacebring/oauth2/authorize?client_id=client+id&redirect_uri=http%3A%2F%2F127.0.0.1%3A5000%2Fcb&response_type=code&scope={scope}");
        var form = SignInForm.Of(page.Body);
        var back = await PostFormAsync(form.Action, form.Filled("allow", DemoAccounts.SpacebringUserName, DemoAccounts.SpacebringPassword));
        var tokens = await PostFormAsync(
            "/spacebring/oauth2/token",
            $"client_id=client%20id&client_secret=client+secret&grant_type=authorization_code&code={back.LocationParameter("code")}");
        return tokens["access_token"];
    }

    [Theory]
    [InlineData(Network)]
    // The id and the secret are of one network already.
    [InlineData("X-Other: 1")]
    public async Task Basic_needs_no_network_id(string header)
        => Assert.Equal($"200 {Locations}", (await AskAsync($"GET /spacebring/locations/v1\nAuthorization: {SpacebringBasic}\n{header}")).Shape);

    [Fact]
    public async Task A_bearer_token_needs_the_network_id()
    {
        var token = await TokenAsync("locations");
        Assert.Equal($"200 {Locations}", (await GetAsync("/spacebring/locations/v1", token, Network)).Shape);
        Assert.Equal(
            """400 {"message":"The header spacebring-network-id is missing.","type":"bad_request"}""",
            (await GetAsync("/spacebring/locations/v1", token)).Shape);
        Assert.Equal(
            """400 {"message":"The network that the header spacebring-network-id names is not found.","type":"bad_request"}""",
            (await GetAsync("/spacebring/locations/v1", token, "spacebring-network-id: 00000000-0000-0000-0000-000000000000")).Shape);
    }

    [Fact]
    public async Task Networks_are_listed_without_a_network_id_for_any_scope()
        => Assert.Equal(
            """200 {"networks":[{"id":"8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11","title":"Demo Network"}]}""",
            (await GetAsync("/spacebring/networks/v1", await TokenAsync("visitors.readonly"))).Shape);

    [Theory]
    [InlineData("GET /spacebring/locations/v1", "locations", 200)]
    [InlineData("GET /spacebring/locations/v1", "locations.readonly", 200)]
    [InlineData("GET /spacebring/locations/v1", "benefits", 403)]
    [InlineData("GET /spacebring/benefits/categories/v1?locationRef=" + HarbourHouse, "benefits.readonly", 200)]
    [InlineData("GET /spacebring/benefits/categories/v1?locationRef=" + HarbourHouse, "resources,locations", 403)]
    [InlineData("POST /spacebring/benefits/categories/v1", "benefits", 400)]
    [InlineData("POST /spacebring/benefits/categories/v1", "benefits.readonly", 403)]
    public async Task An_operation_needs_one_of_its_scopes(string request, string scope, int status)
    {
        var reply = await AskAsync($"{request}\nAuthorization: Bearer {await TokenAsync(scope)}\n{Network}");
        Assert.Equal(status, reply.Status);
        if (status == 403)
            Assert.Equal("forbidden", reply["type"]);
    }

    [Fact]
    public async Task A_missing_scope_is_named()
        => Assert.Equal(
            """403 {"message":"Required scopes: locations.readonly or locations.","type":"forbidden"}""",
            (await GetAsync("/spacebring/locations/v1", await TokenAsync("benefits"), Network)).Shape);

    [Theory]
    [InlineData(SpacebringBasic, 200)]
    // client%20id:client%20secret and client+id:client+secret: the form-encoded way of RFC 6749 section 2.3.1
    [InlineData("Basic Y2xpZW50JTIwaWQ6Y2xpZW50JTIwc2VjcmV0", 401)]
    [InlineData("Basic Y2xpZW50K2lkOmNsaWVudCtzZWNyZXQ=", 401)]
    [InlineData("Bearer made-up", 401)]
    public async Task The_api_wants_plain_basic_or_a_token(string authorization, int status)
        => Assert.Equal(status, (await AskAsync($"GET /spacebring/locations/v1\nAuthorization: {authorization}\n{Network}")).Status);

    [Fact]
    public async Task The_api_takes_a_bearer_token_until_it_expires()
    {
        var token = await TokenAsync("locations");
        Clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.Equal(200, (await GetAsync("/spacebring/locations/v1", token, Network)).Status);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await GetAsync("/spacebring/locations/v1", token, Network);
        Assert.Equal("""401 {"message":"The access token expired.","type":"unauthorized"}""", late.Shape);
        Assert.Contains("Bearer error=\"invalid_token\"", late.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_is_created_and_listed()
    {
        var created = await CreateAsync($$$"""{"category":{"locationRef":"{{{HarbourHouse}}}","title":"Ünder"}}""");
        Assert.Equal(201, created.Status);
        Assert.Matches(
            """^\{"category":\{"createDate":"2026-01-02T03:04:05\.000Z","id":"[0-9a-f-]{36}","locationRef":"0b7c1f5e-[^"]+","networkRef":"8f1ad2a0-[^"]+","title":"Ünder"\}\}$""",
            created.Body);

        var list = "GET /spacebring/benefits/categories/v1?locationRef=";
        Assert.Equal(
            $"200 {created.Body.Replace("\"category\":{", "\"categories\":[{", StringComparison.Ordinal)[..^1]}]}}",
            (await AskAsync($"{list}{HarbourHouse}\nAuthorization: {SpacebringBasic}")).Shape);
        Assert.Equal("""200 {"categories":[]}""", (await AskAsync($"{list}0b7c1f5e-57f4-4f0e-9f7a-6f1b3a3e1c02\nAuthorization: {SpacebringBasic}")).Shape);
        Assert.Equal(400, (await AskAsync($"{list}elsewhere\nAuthorization: {SpacebringBasic}")).Status);
    }

    [Theory]
    [InlineData("{", "The body is not JSON.")]
    [InlineData("[]", "category must have the locationRef of a location, and a title.")]
    [InlineData("{\"category\":[]}", "category must have the locationRef of a location, and a title.")]
    [InlineData("{\"title\":\"Attic\"}", "category must have the locationRef of a location, and a title.")]
    [InlineData("{\"category\":{\"locationRef\":\"" + HarbourHouse + "\",\"title\":\"\"}}", "category must have the locationRef of a location, and a title.")]
    [InlineData("{\"category\":{\"locationRef\":\"" + HarbourHouse + "\",\"title\":\"\\ud800\"}}", "The body is not JSON.")]
    public async Task A_category_that_is_not_right_is_refused_with_a_message_and_a_type(string body, string message)
        => Assert.Equal($$"""400 {"message":"{{message}}","type":"bad_request"}""", (await CreateAsync(body)).Shape);

    [Theory]
    [InlineData("POST /spacebring/locations/v1", """405 {"message":"Method Not Allowed","type":"method_not_allowed"}""")]
    [InlineData("GET /spacebring/nowhere", """404 {"message":"Not Found","type":"not_found"}""")]
    public async Task What_no_document_has_is_refused(string request, string shape)
        => Assert.Equal(shape, (await AskAsync($"{request}\nAuthorization: {SpacebringBasic}")).Shape);

    [Fact]
    public async Task Old_categories_make_room_for_new_ones()
    {
        for (var count = 0; count < 101; count++)
            await CreateAsync($$$"""{"category":{"locationRef":"{{{HarbourHouse}}}","title":"number {{{count}}}"}}""");
        var list = (await AskAsync($"GET /spacebring/benefits/categories/v1?locationRef={HarbourHouse}\nAuthorization: {SpacebringBasic}")).Body;
        Assert.DoesNotContain("\"number 0\"", list, StringComparison.Ordinal);
        Assert.Contains("\"number 100\"", list, StringComparison.Ordinal);
    }

    private Task<Reply> CreateAsync(string body)
        => AskAsync($"POST /spacebring/benefits/categories/v1\nAuthorization: {SpacebringBasic}\nContent-Type: application/json\n\n{body}");
}
