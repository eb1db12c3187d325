using System.Text;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Registration;

/// <summary>The file of a provider: what is in it comes back, and what does not belong there is named.</summary>
public class ProviderFileTests
{
    private const string Smallest = """{"name":"Acme","tokenEndpoint":"https://acme.example/token","flows":["ClientCredentials"],"clientAuthentications":["Basic"]}""";

    public static TheoryData<string> BuiltIn { get; } = [.. BuiltInProviders.All.Select(provider => provider.Name)];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void The_built_in_providers_could_be_written_as_files(string name)
    {
        var json = ProviderFile.ToJson(BuiltInProviders.Get(name));

        var back = Parse(Encoding.UTF8.GetString(json), out var flaw);

        Assert.Null(flaw);
        Assert.Equal(json, ProviderFile.ToJson(back!));
        Assert.Equal(BuiltInProviders.Get(name).Flows, back!.Flows);
    }

    [Fact]
    public void The_smallest_file_has_the_defaults_of_the_specifications()
    {
        var provider = Parse(Smallest, out _)!;

        Assert.Equal("Acme", provider.DisplayName);
        Assert.Equal(BasicEncoding.FormEncoded, provider.BasicEncoding);
        Assert.True(provider.SupportsPkce && provider.SendsScope && provider.CodeExchangeSendsRedirectUri && provider.PasswordNeedsClient);
        Assert.Equal(["RS256"], provider.IdTokenAlgorithms);
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("// Acme, by hand\n")]
    public void What_people_and_their_editors_put_before_it_does_no_harm(string before) => Assert.NotNull(Parse(before + Smallest, out _));

    [Fact]
    public void A_comma_too_many_does_no_harm() => Assert.NotNull(Parse(Smallest[..^1] + ",}", out _));

    [Theory]
    [InlineData("clientSecret")]
    [InlineData("client_secret")]
    [InlineData("refreshToken")]
    [InlineData("password")]
    [InlineData("Name")]
    [InlineData("tokenEndpont")]
    public void A_member_that_is_not_known_is_refused_without_its_value(string member)
    {
        Assert.Null(Parse(Smallest[..^1] + $",\n\"{member}\":\"hunter2\"}}", out var flaw));

        Assert.DoesNotContain("hunter2", flaw, StringComparison.Ordinal);
        Assert.Contains("line 2", flaw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"basic\":{\"credential\":\"Client\",\"clientSecret\":\"hunter2\"}")]
    [InlineData("\"quirks\":[{\"text\":\"a\",\"source\":\"https://a.example\",\"password\":\"hunter2\"}]")]
    public void Nor_is_one_deeper_down(string members)
    {
        Assert.Null(Parse(Smallest[..^1] + $",{members}}}", out var flaw));

        Assert.DoesNotContain("hunter2", flaw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"displayName\":7", "$.displayName")]
    [InlineData("\"supportsPkce\":\"yes\"", "$.supportsPkce")]
    [InlineData("\"refreshTokens\":\"Sometimes\"", "$.refreshTokens")]
    [InlineData("\"serviceUrl\":\"http://acme.example\"", "'serviceUrl' is not an HTTPS address")]
    [InlineData("\"serviceUrl\":\"https://id:hunter2@acme.example\"", "'serviceUrl' is not an HTTPS address")]
    [InlineData("\"serviceUrl\":\"acme\"", "'serviceUrl' is not an HTTPS address")]
    [InlineData("\"revocationEndpoint\":\"http://acme.example/revoke\"", "'revocationEndpoint' is neither a path")]
    [InlineData("\"revocationEndpoint\":\"//acme.example/revoke\"", "'revocationEndpoint' is neither a path")]
    [InlineData("\"revocationEndpoint\":\"revoke\"", "'revocationEndpoint' is neither a path")]
    [InlineData("\"revocationEndpoint\":\"\"", "'revocationEndpoint' is neither a path")]
    [InlineData("\"issuer\":\"http://acme.example\"", "'issuer' is not an HTTPS address")]
    [InlineData("\"issuer\":\"/acme\"", "'issuer' is not an HTTPS address")]
    [InlineData("\"jwksEndpoint\":\"javascript://x\"", "'jwksEndpoint' is neither a path")]
    [InlineData("\"quirks\":null", "a list is null")]
    [InlineData("\"quirks\":[null]", "an item of 'quirks'")]
    [InlineData("\"quirks\":[{\"text\":\"a\"}]", "an item of 'quirks'")]
    [InlineData("\"apiHeaders\":[null]", "an item of 'apiHeaders'")]
    [InlineData("\"apiHeaders\":[{\"meaning\":\"a\"}]", "an item of 'apiHeaders'")]
    [InlineData("\"apiUrls\":null", "a list is null")]
    [InlineData("\"apiUrls\":[null]", "an item of 'apiUrls'")]
    [InlineData("\"apiUrls\":[\"api.acme.example\"]", "an item of 'apiUrls'")]
    [InlineData("\"apiUrls\":[\"/\",\"http://api.acme.example\"]", "an item of 'apiUrls'")]
    [InlineData("\"apiUrls\":[\"https://id:hunter2@acme.example\"]", "an item of 'apiUrls'")]
    [InlineData("\"apiUrls\":[\"https://*.acme.example\"]", "an item of 'apiUrls'")]
    [InlineData("\"idTokenAlgorithms\":[null]", "an item of 'idTokenAlgorithms'")]
    [InlineData("\"idTokenParties\":null", "a list is null")]
    [InlineData("\"idTokenParties\":[\"app\",null]", "an item of 'idTokenParties'")]
    [InlineData("\"idTokenParties\":[\" \"]", "an item of 'idTokenParties'")]
    [InlineData("\"idTokenParties\":[\"a\\u001b\"]", "'idTokenParties' has a control character")]
    [InlineData("\"offlineAccess\":{\"name\":\"access_type\"}", "'offlineAccess' has no")]
    [InlineData("\"refreshTokens\":99", "$.refreshTokens")]
    [InlineData("\"basic\":{\"credential\":7}", "$.basic.credential")]
    [InlineData("\"basic\":{\"credential\":\"User\"}", "'basic' of a user needs 'tokenEndpoint'")]
    [InlineData("\"basic\":{\"credential\":\"Client\",\"tokenEndpoint\":\"/t\"}", "'basic' of a client has no 'tokenEndpoint'")]
    public void A_value_that_cannot_work_is_named(string member, string flaw)
    {
        Assert.Null(Parse(Smallest[..^1] + $",{member}}}", out var found));

        Assert.Contains(flaw, found, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"ClientCredentials\"", "\"Basic\"", "\"Implicit\"", "'authorizationEndpoint'")]
    [InlineData("\"ClientCredentials\"", "\"Basic\"", "\"DeviceCode\"", "'deviceAuthorizationEndpoint'")]
    [InlineData("\"ClientCredentials\"", "\"Basic\"", "\"Basic\"", "'basic'")]
    [InlineData("\"ClientCredentials\"", "\"Basic\"", "99", "$.flows")]
    [InlineData("[\"ClientCredentials\"]", "[\"Basic\"]", "[]", "'flows' or 'clientAuthentications' is empty")]
    public void Flows_need_what_they_need(string before, string _, string after, string flaw)
    {
        var at = Smallest.IndexOf(before, StringComparison.Ordinal);

        Assert.Null(Parse(Smallest[..at] + after + Smallest[(at + before.Length)..], out var found));

        Assert.Contains(flaw, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"name\":null}")]
    [InlineData("{\"name\":\"Acme\"}")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    [InlineData("\0\0\0\0")]
    public void What_is_no_provider_is_refused(string json)
    {
        Assert.Null(Parse(json, out var flaw));
        Assert.NotEmpty(flaw!);
    }

    private static OAuthProvider? Parse(string json, out string? flaw) => ProviderFile.Parse(Encoding.UTF8.GetBytes(json), out flaw);
}
