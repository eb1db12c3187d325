using System.Text.Json;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>What a refusal came with is on the failure, within bounds and without a secret; nothing in it is expanded or followed.</summary>
public class RefusedBodyTests
{
    private static readonly string[] _headers = ["www-authenticate", "X-Request-Id", "x-echo", "Set-Cookie", "Location"];

    [Fact]
    public async Task Status_headers_and_body_are_on_the_failure_and_no_secret_is()
    {
        var wire = new Wire().Answers("""
            HTTP/1.1 400 Bad Request
            Content-Type: application/json; charset=utf-8
            X-Request-Id: r-7
            X-Echo: says client secret
            Set-Cookie: sid=c00kie-of-mine
            Location: https://api.example.com/next?code=s3cret-c0de
            WWW-Authenticate: Basic realm="x"

            {"error":"no","refresh_token":"r3fresh-t0ken","note":"client secret, r3fresh-t0ken",
              "trace":"T1\u001b[2J"}
            """.ReplaceLineEndings("\n"));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Equal((400, "no", null, "application/json"), (error.StatusCode, error.Error, error.ErrorDescription, error.MediaType));
        Assert.Equal(new RefusedResponse(System.Net.HttpStatusCode.BadRequest, error.Headers, error.MediaType, error.Body), error.Response);
        Assert.Equal("""{"error":"no","refresh_token":"***","note":"***, ***",   "trace":"T1\u001b[2J"}""", error.Body);
        Assert.Equal(
            ["Basic realm=\"x\"", "r-7", "says ***", "***", "https://api.example.com/next"],
            _headers.Select(name => Assert.Single(error.Headers[name])));
        NoSecret.In($"{error.Body} {string.Join(' ', error.Headers.SelectMany(header => header.Value))}", Given.ClientSecret, "r3fresh-t0ken", "c00kie-of-mine", "s3cret-c0de");
    }

    [Theory]
    [InlineData("error=no&access_token=t0k3n%2Dof%2Dmine&note=t0k3n-of-mine")]
    [InlineData("<e><error>no</error><access_token>t0k3n-of-mine</access_token><note>t0k3n-of-mine</note></e>")]
    [InlineData("""{"error":{"message":"t0k3n-of-mine is no"},"data":[{"api_token":"t0k3n-of-mine"}]}""")]
    public async Task What_stands_under_the_name_of_a_secret_is_masked_in_each_form(string body)
    {
        var wire = new Wire().Answers(Wire.Json(body, "400 Bad Request"));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        NoSecret.In($"{error} {error.Body} {error.ErrorDescription}", "t0k3n-of-mine", "t0k3n%2Dof%2Dmine");
        Assert.Contains(Secret.Mask, error.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_repeats_the_token_is_masked_wherever_it_does_and_its_JSON_stays_JSON()
    {
        var wire = new Wire().Answers(Given.Token("t0ken-of-mine")).Answers("""
            HTTP/1.1 400 No
            Content-Type: text/t0ken-of-mine
            X-Echo: t0ken-of-mine

            {"message":"no to t0ken-of-mine", "seen":["Bearer t0ken\u002dof-mine"]}
            """.ReplaceLineEndings("\n"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(new ApiCall { Uri = new Uri("/v1", UriKind.Relative) }));

        Assert.Equal(("text/***", "***"), (error.MediaType, Assert.Single(error.Headers["X-Echo"])));
        using var body = JsonDocument.Parse(error.Body!);
        Assert.Equal(("no to ***", "Bearer ***"), (body.RootElement.GetProperty("message").GetString(), body.RootElement.GetProperty("seen")[0].GetString()));
    }

    [Fact]
    public async Task A_body_with_more_secrets_than_can_be_looked_for_is_not_shown()
    {
        var members = string.Join(',', Enumerable.Range(0, 51).Select(i => $"\"token{i}\":\"n3st3d-{i}\""));
        var wire = new Wire().Answers(Wire.Json($$"""{"error":"n3st3d-7",{{members}}}""", "400 Bad Request"));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Equal((null, null, null), (error.Error, error.ErrorDescription, error.Body));
        Assert.Empty(error.Headers);
    }

    [Fact]
    public async Task A_long_body_is_cut_and_one_beyond_a_mebibyte_is_said_to_be()
    {
        var wire = new Wire().Answers($"HTTP/1.1 400 No\nContent-Type: text/plain\n\n{new string('x', 300_000)}");
        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));
        Assert.Equal((501, 65_537), (error.ErrorDescription!.Length, error.Body!.Length));

        wire.Answers($"HTTP/1.1 401 No\nContent-Type: text/plain\n\n{new string('x', OAuthRequest.OneMebibyte + 1)}");
        error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));
        Assert.Equal(("Unauthorized", null), (error.ErrorId, error.Body));
        Assert.Contains("Its reason exceeds the 1 MiB limit and was discarded.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE e [<!ENTITY a \"evil\">]><e><error>&a;</error></e>")]
    [InlineData("<!DOCTYPE e SYSTEM \"http://evil.example/x.dtd\"><e><error>evil</error></e>")]
    [InlineData("<!DOCTYPE e [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><e><message>&a;</message></e>")]
    [InlineData("<e><error>&undefined;</error></e>")]
    [InlineData("<e><error>evil</e>")]
    [InlineData("<e/>")]
    [InlineData("<e>evil</e>")]
    public async Task XML_with_a_DTD_or_an_entity_of_its_own_says_nothing(string body)
    {
        var wire = new Wire().Answers($"HTTP/1.1 400 No\nContent-Type: application/xml\n\n{body}");

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Equal((null, null), (error.Error, error.ErrorDescription));
        Assert.Contains("It gave no reason that can be shown (application/xml).", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public async Task Words_are_looked_for_to_a_depth_that_no_message_needs(int depth, bool isRead)
    {
        static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
        var json = $"{Repeat("{\"a\":", depth)}{{\"message\":\"deep\"}}{Repeat("}", depth)}";
        var xml = $"<e>{Repeat("<a>", depth)}<message>deep</message>{Repeat("</a>", depth)}</e>";

        Assert.All([await RefuseAsync(json), await RefuseAsync(xml)], error => Assert.Equal(isRead ? "deep" : null, error.ErrorDescription));
        Assert.Null((await RefuseAsync($"<e>{Repeat("<a>", 15)}<b/>{Repeat("</a>", 15)}<message>beside</message></e>")).ErrorDescription);
    }

    [Fact]
    public async Task Of_many_things_that_are_wrong_five_are_told()
    {
        var items = string.Join(',', Enumerable.Range(1, 9).Select(i => $"{{\"message\":\"m{i}\"}}"));
        var texts = string.Join(',', Enumerable.Range(1, 9).Select(i => $"\"m{i}\""));

        Assert.All(
            [await RefuseAsync($"{{\"errors\":[{items}]}}"), await RefuseAsync($"{{\"errors\":[{texts}]}}")],
            error => Assert.Equal("m1; m2; m3; m4; m5", error.ErrorDescription));
    }

    public static TheoryData<string> Deep => new()
    {
        string.Concat(Enumerable.Repeat("<a>", 16_000)),
        $"{string.Concat(Enumerable.Repeat("<a>", 5_000))}{string.Concat(Enumerable.Repeat("</a>", 5_000))}",
        $"<e>{string.Concat(Enumerable.Repeat("<message>x</message>", 3_000))}</e>",
        $"{string.Concat(Enumerable.Repeat("{\"error\":", 60))}1{new string('}', 60)}",
        new string('[', 500_000),
        $"[{string.Join(',', Enumerable.Repeat("{\"a\":{\"b\":{}}}", 50_000))}]",
        $"{{{string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"e{i}\":{{}}"))}}}",
        string.Join('&', Enumerable.Repeat("error=x", 100_000)),
        new string('=', 1_000_000),
        $"<title{new string('>', 1_000_000)}",
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public async Task What_is_deep_or_wide_gives_short_words_or_none(string body)
    {
        var ofBody = await ReadAsync(body);
        var ofBoth = await ReadAsync(body, new string('=', 60_000), $"Bearer error=\"{new string('\\', 60_000)}");

        // Cut words end in a mark that they are.
        Assert.All(
            [ofBody.Error, ofBody.Description, ofBoth.Error, ofBoth.Description],
            words => Assert.True(words is null || words.TrimEnd('…').Length is > 0 and <= 500, $"{words?.Length}"));
    }

    private static async Task<OAuthServerException> RefuseAsync(string body)
    {
        var wire = new Wire().Answers($"HTTP/1.1 400 No\nContent-Type: application/octet-stream\n\n{body}");
        return await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Given.Blynk));
    }

    // The patience is for what hangs.
    private static Task<ErrorResponse> ReadAsync(string body, params string[] challenges)
    {
        var response = new HttpResponse
        {
            StatusCode = System.Net.HttpStatusCode.BadRequest, MediaType = null, CharacterSet = null, Body = System.Text.Encoding.UTF8.GetBytes(body), RetryAfter = null,
            ReadHeaders = () => new Dictionary<string, IReadOnlyList<string>> { ["WWW-Authenticate"] = challenges },
        };
        return Task.Run(() => ErrorResponse.Read(response, ["client secret"])).WaitAsync(TimeSpan.FromMinutes(1));
    }
}
