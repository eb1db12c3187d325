using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>HTTPS only, and plain HTTP to this machine alone.</summary>
public class SecureUrlTests
{
    [Theory]
    [InlineData("http://api.example.com", "InsecureUrl")]
    [InlineData("http://127.0.0.1.evil.example", "InsecureUrl")]
    [InlineData("http://localhost.evil.example", "InsecureUrl")]
    [InlineData("http://0.0.0.0:5010", "InsecureUrl")]
    [InlineData("http://[::]:5010", "InsecureUrl")]
    [InlineData("http://192.168.0.1", "InsecureUrl")]
    [InlineData("ftp://127.0.0.1", "InsecureUrl")]
    [InlineData("ws://127.0.0.1", "InsecureUrl")]
    [InlineData("file:///etc/hosts", "InsecureUrl")]
    [InlineData("api.example.com?secret=hunter2", "InvalidUrl")]
    [InlineData("https://user:hunter2@api.example.com", "InvalidUrl")]
    [InlineData("http://user:hunter2@127.0.0.1", "InvalidUrl")]
    [InlineData("user:hunter2@api.example.com", "InsecureUrl")]
    [InlineData("ftp://user:hunter2@api.example.com/x", "InvalidUrl")]
    [InlineData("http://api.example.com/p?secret=hunter2#hunter2", "InsecureUrl")]
    public async Task Other_addresses_are_refused_before_anything_is_sent(string url, string errorId)
    {
        var wire = new Wire();

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => wire.ConnectAsync(Given.Blynk with { ServiceUrl = new Uri(url, UriKind.RelativeOrAbsolute) }));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Empty(wire.Requests);
        NoSecret.In(error, "hunter2", Given.ClientSecret);
    }

    [Theory]
    [InlineData("https://api.example.com")]
    [InlineData("http://127.0.0.1:5010")]
    [InlineData("http://127.8.9.10")]
    [InlineData("http://[::1]:5010/base/")]
    [InlineData("http://localhost:5010")]
    [InlineData("HTTP://LOCALHOST:5010")]
    [InlineData("http://loopback")]
    public async Task HTTPS_and_loopback_are_taken(string url)
    {
        var wire = new Wire().Answers(Given.Token("t"));

        await wire.ConnectAsync(Given.Blynk with { ServiceUrl = new Uri(url) });

        Assert.Matches(@"^POST (https://api\.example\.com|http://(127\.[0-9.]+|localhost|\[::1\])(:5010)?)/", Assert.Single(wire.Requests));
    }

    [Theory]
    [InlineData("https://user:hunter2@[bad")]
    [InlineData("https://user:hunter2@api.example.com:99999/")]
    [InlineData("user:hunter2@api.example.com")]
    [InlineData("//user:hunter2@api.example.com/")]
    [InlineData("https://user:hunter2@api.example.com/?q")]
    public async Task An_issuer_or_resource_that_is_no_address_is_shown_without_a_password_in_it(string text)
    {
        var wire = new Wire();

        NoSecret.In(await Assert.ThrowsAnyAsync<OAuthException>(() => Server.Discovery.Of(wire.Transport).GetAsync(text)), "hunter2");
        NoSecret.In(await Assert.ThrowsAnyAsync<OAuthException>(() => wire.ConnectAsync(Given.Blynk with { Resource = [text + "#x"] })), "hunter2");
        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task An_API_call_to_plain_HTTP_elsewhere_does_not_take_the_token_there()
    {
        var wire = new Wire().Answers(Given.Token("the-token"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(new Api.ApiCall { Uri = new Uri("http://api.example.com/x?k=hunter2") }));

        Assert.Equal("InsecureUrl", error.ErrorId);
        Assert.Single(wire.Requests);
        NoSecret.In(error, "the-token", "hunter2");
    }

    // RFC 5892 knows no such letter.
    [Theory]
    [InlineData("https://api.exampl\u087B.com/a", "https://api.exampl\u087B.com/b", true)]
    [InlineData("https://api.exampl\u087B.com/a", "https://api.example.com/a", false)]
    public void A_name_without_an_encoded_form_is_its_own(string one, string other, bool isSame)
    {
        Assert.Equal(isSame, SecureUrl.IsSameOrigin(new Uri(one), new Uri(other)));
        Assert.False(SecureUrl.IsThisMachine(new Uri(one)));
    }
}
