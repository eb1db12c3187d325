using System.Text;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Registration;

/// <summary>What a provider file says of token responses comes back, and what cannot work is named.</summary>
public class TokenResponseFormatTests
{
    [Fact]
    public void What_is_in_it_comes_back()
    {
        var provider = Parse("""{"path":"/data/0","members":{"access_token":"jwt","expires_in":"ttl"},"textMembers":["plan"],"apiUrlMember":"instance_url"}""", out var flaw)!;

        Assert.Null(flaw);
        var back = ProviderFile.Parse(ProviderFile.ToJson(provider), out _)!.TokenResponse!;
        Assert.Equal(("/data/0", "jwt", "ttl", 2), (back.Path, back.Members["access_token"], back.Members["expires_in"], back.Members.Count));
        Assert.Equal(["plan"], back.TextMembers);
        Assert.Equal("instance_url", back.ApiUrlMember);
    }

    [Fact]
    public void Without_it_nothing_is_written() =>
        Assert.DoesNotContain("tokenResponse", Encoding.UTF8.GetString(ProviderFile.ToJson(BuiltInProviders.Get("Blynk"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"path":"data"}""", "no JSON Pointer")]
    [InlineData("""{"path":"/"}""", "no JSON Pointer")]
    [InlineData("""{"path":"/a~2"}""", "no JSON Pointer")]
    [InlineData("""{"path":"/1/2/3/4/5/6/7/8/9"}""", "eight steps")]
    [InlineData("""{"members":{"accessToken":"access_token"}}""", "has 'accessToken', and knows access_token, token_type")]
    [InlineData("""{"members":{"access_token":""}}""", "is empty")]
    [InlineData("""{"members":{"access_token":null}}""", "is empty")]
    [InlineData("""{"members":null}""", "is null")]
    [InlineData("""{"textMembers":null}""", "is null")]
    [InlineData("""{"textMembers":[null]}""", "is empty")]
    [InlineData("""{"members":{"access_token":"t","refresh_token":"t"}}""", "has a name twice")]
    [InlineData("""{"members":{"access_token":"jwt"},"textMembers":["jwt"]}""", "which is a secret")]
    [InlineData("""{"textMembers":["refresh_token"]}""", "which is a secret")]
    [InlineData("""{"textMembers":["a\u001b"]}""", "control character")]
    [InlineData("""{"apiUrlMember":""}""", "apiUrlMember")]
    [InlineData("""{"apiUrlMember":"refresh_token"}""", "apiUrlMember")]
    [InlineData("""{"members":{"access_token":"jwt"},"apiUrlMember":"jwt"}""", "apiUrlMember")]
    [InlineData("""{"pfad":"/data"}""", "$.tokenResponse")]
    [InlineData("\"data\"", "$.tokenResponse")]
    public void What_cannot_work_is_named(string format, string flaw)
    {
        Assert.Null(Parse(format, out var found));

        Assert.Contains(flaw, found, StringComparison.Ordinal);
    }

    private static OAuthProvider? Parse(string format, out string? flaw) => ProviderFile.Parse(
        Encoding.UTF8.GetBytes($$"""{"name":"Acme","tokenEndpoint":"https://acme.example/token","flows":["ClientCredentials"],"clientAuthentications":["Basic"],"tokenResponse":{{format}}}"""), out flaw);
}
