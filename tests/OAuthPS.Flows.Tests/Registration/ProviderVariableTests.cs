using System.Text;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Registration;

/// <summary>What differs from customer to customer in a provider's addresses: stated in its file, given when connecting, and checked before anything is sent.</summary>
public sealed class ProviderVariableTests : IDisposable
{
    private const string Acme = """
        {
          "name": "Acme", "displayName": "Acme Cloud", "serviceUrlTemplate": "https://{Tenant}.{Region}", "tokenEndpoint": "/{Tenant}/token",
          "variables": [
            { "name": "Tenant", "meaning": "the name of your tenant", "example": "contoso" },
            { "name": "Region", "meaning": "where it is", "example": "Europe", "default": "America",
              "values": { "Europe": "eu.acme.example", "America": "acme.example" } }
          ],
          "flows": ["ClientCredentials"], "clientAuthentications": ["Basic"]
        }
        """;

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    private static ConnectRequest Request(params (string Name, string Value)[] variables) => new()
    {
        Provider = Parse(Acme),
        Client = Given.Client,
        Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
    };

    [Theory]
    [InlineData("Europe", "https://contoso.eu.acme.example/contoso/token")]
    [InlineData("eUROPE", "https://contoso.eu.acme.example/contoso/token")]
    [InlineData(null, "https://contoso.acme.example/contoso/token")]
    public async Task A_value_stands_in_the_addresses_that_name_it(string? region, string endpoint)
    {
        _wire.Answers(Given.Token("token"));

        var session = await _wire.ConnectAsync(region is null ? Request(("tenant", "contoso")) : Request(("Tenant", "contoso"), ("Region", region)));

        Assert.StartsWith($"POST {endpoint}\n", Assert.Single(_wire.Requests), StringComparison.Ordinal);
        Assert.Equal(new Uri(endpoint).GetLeftPart(UriPartial.Authority) + "/", session.ServiceUrl.AbsoluteUri);
    }

    [Fact]
    public async Task One_that_is_missing_is_asked_for_in_the_providers_word_with_an_example()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Request()));

        Assert.Equal(("VariableNeeded", "Acme Cloud needs the Tenant: the name of your tenant."), (refused.ErrorId, refused.WhatHappened));
        Assert.Equal(("Tenant", "contoso"), (refused.Variable, refused.Example));
        Assert.Equal([OAuthInput.ServiceUrl], refused.Inputs);
        Assert.Empty(_wire.Requests);
    }

    [Theory]
    [InlineData("evil.example/x?")]
    [InlineData("evil.example#")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("a:443")]
    [InlineData("a@b")]
    [InlineData("..")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("%2e")]
    [InlineData("ä")]
    [InlineData("{Region}")]
    [InlineData("")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_value_that_could_lead_elsewhere_is_refused(string value)
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Request(("Tenant", value))));

        Assert.Equal(("InvalidVariable", "Tenant", "contoso"), (refused.ErrorId, refused.Variable, refused.Example));
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task Where_there_are_a_few_values_no_other_is_taken_and_they_are_named()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Request(("Tenant", "contoso"), ("Region", "acme"))));

        Assert.Equal("'acme' cannot be the Region of Acme Cloud: it is one of Europe, America.", refused.WhatHappened);
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task A_name_that_the_provider_does_not_know_is_refused()
    {
        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => _wire.ConnectAsync(Request(("Tenant", "contoso"), ("Shop", "s"))));

        Assert.Equal(("InvalidVariable", "The addresses of Acme Cloud have no part named 'Shop'. They have Tenant, Region."), (refused.ErrorId, refused.Message));
    }

    [Fact]
    public async Task With_an_address_of_ones_own_nothing_is_needed_for_it()
    {
        _wire.Answers(Given.Token("token"));
        var provider = Parse(Acme) with { TokenEndpoint = "/token" };

        await _wire.ConnectAsync(Request() with { Provider = provider, ServiceUrl = new Uri("https://acme.contoso.example") });

        Assert.StartsWith("POST https://acme.contoso.example/token\n", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_elsewhere_is_known_by_the_value_and_not_at_an_address_of_ones_own()
    {
        _wire.Answers(Given.Token("token"), Given.Token("token"));
        var provider = Parse(Acme) with { TokenEndpoint = "/token", ApiUrls = ["https://api.{Region}"] };

        var known = await _wire.ConnectAsync(Request(("Tenant", "contoso")) with { Provider = provider });
        var own = await _wire.ConnectAsync(Request() with { Provider = provider with { Variables = [.. provider.Variables.Select(one => one with { Default = null })] }, ServiceUrl = new Uri("https://acme.contoso.example") });

        Assert.Equal(["https://contoso.acme.example/", "https://api.acme.example/"], known.ApiUrls.Select(url => url.AbsoluteUri));
        Assert.Equal(["https://acme.contoso.example/"], own.ApiUrls.Select(url => url.AbsoluteUri));
    }

    [Fact]
    public async Task An_issuer_with_a_variable_is_asked_at_the_address_of_the_value()
    {
        var provider = Parse("""
            {
              "name": "Acme", "issuer": "https://login.acme.example/{Tenant}", "tokenEndpoint": "https://login.acme.example/{Tenant}/token",
              "variables": [{ "name": "Tenant", "meaning": "the tenant", "example": "contoso" }]
            }
            """);
        _wire.Answers(Wire.Json("""{"issuer":"https://login.acme.example/contoso","token_endpoint":"https://login.acme.example/contoso/v2/token"}"""), Given.Token("token"));

        await _wire.ConnectAsync(Request(("Tenant", "contoso")) with { Provider = provider });

        Assert.Equal(
            ["GET https://login.acme.example/contoso/.well-known/openid-configuration", "POST https://login.acme.example/contoso/v2/token"],
            _wire.Requests.Select(request => request.Split('\n')[0]));
    }

    [Fact]
    public async Task A_preview_knows_the_addresses_too()
    {
        var preview = await ConnectPreview.DescribeAsync(Request(("Tenant", "contoso")), _wire.Transport);

        Assert.Contains("https://contoso.acme.example/contoso/token", Assert.Single(preview.Requests), StringComparison.Ordinal);
        await Assert.ThrowsAsync<OAuthUsageException>(() => ConnectPreview.DescribeAsync(Request(), _wire.Transport));
    }

    [Theory]
    [InlineData("\"name\": \"Tenant\"", "\"name\": \"tenant\"", "an item of 'variables' has no 'name'")]
    [InlineData("\"name\": \"Tenant\"", "\"name\": \"Ten ant\"", "an item of 'variables' has no 'name'")]
    [InlineData("\"meaning\": \"where it is\"", "\"meaning\": \" \"", "an item of 'variables' has no 'name'")]
    [InlineData("\"name\": \"Region\"", "\"name\": \"TENANT\"", "'variables' has a name twice")]
    [InlineData("\"example\": \"contoso\"", "\"example\": \"a.b\"", "'example' or 'default' of 'Tenant'")]
    [InlineData("\"example\": \"contoso\"", "\"example\": null", "'example' or 'default' of 'Tenant'")]
    [InlineData("\"default\": \"America\"", "\"default\": \"Asia\"", "'example' or 'default' of 'Region'")]
    [InlineData("\"eu.acme.example\"", "\"eu.acme.example/\"", "'values' of 'Region'")]
    [InlineData("\"America\": \"acme", "\"EUROPE\": \"acme", "'values' of 'Region'")]
    [InlineData("\"eu.acme.example\"", "null", "'values' of 'Region'")]
    [InlineData("https://{Tenant}.{Region}", "https://{Tenant}.acme.example", "no address has the variable 'Region'")]
    [InlineData("/{Tenant}/token", "/{Shop}/token", "'{Shop}' in it, which 'variables' does not explain")]
    [InlineData("https://{Tenant}.{Region}", "http://{Tenant}.{Region}", "'serviceUrl' is not an HTTPS address")]
    [InlineData("https://{Tenant}.{Region}", "{Tenant}.{Region}", "'serviceUrlTemplate' is no address")]
    [InlineData("https://{Tenant}.{Region}", "https://acme.example", "'serviceUrlTemplate' is no address")]
    [InlineData("\"serviceUrlTemplate\"", "\"serviceUrl\": \"https://acme.example\", \"serviceUrlTemplate\"", "both 'serviceUrl' and 'serviceUrlTemplate'")]
    public void A_file_in_which_they_cannot_work_is_refused(string before, string after, string flaw)
    {
        Assert.Contains(before, Acme, StringComparison.Ordinal);

        Assert.Null(ProviderFile.Parse(Encoding.UTF8.GetBytes(Acme.Replace(before, after, StringComparison.Ordinal)), out var found));

        Assert.Contains(flaw, found, StringComparison.Ordinal);
    }

    // What stands for a word may be a host of its own, and each of them must be one.
    [Fact]
    public void Every_value_there_is_is_checked_and_not_the_example_alone()
    {
        var json = Acme.Replace("/{Tenant}/token", "http://{Region}/{Tenant}/token", StringComparison.Ordinal)
            .Replace("\"Europe\": \"eu.acme.example\"", "\"Europe\": \"localhost\"", StringComparison.Ordinal);

        Assert.Null(ProviderFile.Parse(Encoding.UTF8.GetBytes(json), out var flaw));

        Assert.Contains("'tokenEndpoint' is neither a path", flaw, StringComparison.Ordinal);
    }

    [Fact]
    public void They_come_back_from_a_file_as_they_went_there()
    {
        var json = ProviderFile.ToJson(Parse(Acme));

        Assert.Equal(json, ProviderFile.ToJson(ProviderFile.Parse(json, out _)!));
    }

    private static OAuthProvider Parse(string json) =>
        ProviderFile.Parse(Encoding.UTF8.GetBytes(json), out var flaw) ?? throw new InvalidOperationException(flaw);
}
