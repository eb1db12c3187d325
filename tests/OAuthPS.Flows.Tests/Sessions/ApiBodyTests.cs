using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Api;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>What an API answered, as text and as JSON: by its media type, its byte order mark and the character set it says.</summary>
public class ApiBodyTests
{
    private const string Json = "{\"name\":\"Jürgen, Łódź, 東京\"}";

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData("text/json")]
    [InlineData("text/x-json")]
    [InlineData("application/problem+json")]
    [InlineData("text/plain")]
    [InlineData("text/html; charset=UTF-8")]
    [InlineData("text/javascript")]
    [InlineData("application/javascript")]
    [InlineData(null)]
    public async Task An_object_is_JSON_whatever_text_its_type_says(string? contentType)
    {
        var response = await AnswerAsync(contentType, Encoding.UTF8.GetBytes(Json));

        Assert.True(IsJson(response));
        Assert.Equal(Json, response.ReadText());
    }

    [Theory]
    [InlineData("text/plain", "007")]
    [InlineData("text/plain", "true")]
    [InlineData("text/plain", "\"quoted\"")]
    [InlineData("text/plain", "{\"cut\":")]
    [InlineData("text/plain", "[link](https://h.example)")]
    [InlineData("text/html", "<html>{}</html>")]
    [InlineData("text/csv", "[a],{b}")]
    [InlineData("application/xml", "<a/>")]
    [InlineData(null, "plain")]
    [InlineData("application/json", "OK")]
    [InlineData("application/json; charset=utf-8", "  Created as 17\r\n")]
    [InlineData("application/json", "nullified")]
    public async Task Any_other_text_stays_text(string? contentType, string text)
    {
        var response = await AnswerAsync(contentType, Encoding.UTF8.GetBytes(text));

        Assert.False(IsJson(response));
        Assert.Equal(text, response.ReadText());
    }

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("image/png")]
    public async Task What_is_no_text_is_bytes(string contentType)
    {
        var response = await AnswerAsync(contentType, Encoding.UTF8.GetBytes(Json));

        Assert.False(IsJson(response));
        Assert.Null(response.ReadText());
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_byte_order_mark_says_how_a_body_is_read_whatever_the_header_says(string encoding)
    {
        var written = Encoding.GetEncoding(encoding);
        foreach (var contentType in new[] { "application/json", "application/json; charset=iso-8859-1", "text/plain" })
        {
            var response = await AnswerAsync(contentType, [.. written.Preamble, .. written.GetBytes(Json)]);

            Assert.True(IsJson(response));
            Assert.Equal(Json, response.ReadText());
        }
    }

    [Theory]
    [InlineData("iso-8859-1", "{\"a\":\"Jürgen\"}")]
    [InlineData("windows-1252", "{\"a\":\"10 €\"}")]
    [InlineData("utf-16", "{\"a\":\"東京\"}")]
    [InlineData("shift_jis", "{\"a\":\"東京\"}")]
    [InlineData("gbk", "{\"a\":\"模\"}")]
    [InlineData("\"iso-8859-2\"", "{\"a\":\"Łódź\"}")]
    public async Task JSON_is_read_in_the_character_set_that_it_says(string characterSet, string json)
    {
        var written = CodePagesEncodingProvider.Instance.GetEncoding(characterSet.Trim('"')) ?? Encoding.GetEncoding(characterSet.Trim('"'));
        var response = await AnswerAsync($"application/json; charset={characterSet}", written.GetBytes(json));

        Assert.True(IsJson(response));
        Assert.Equal(json, response.ReadText());
    }

    // RFC 8259 section 8.1: it is UTF-8. Many servers put their default beside everything that they send.
    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("us-ascii")]
    [InlineData("utf8")]
    [InlineData("no-such-set")]
    [InlineData("utf-7")]
    public async Task JSON_in_UTF8_is_read_as_such_where_the_header_names_a_default_or_nothing_known(string characterSet)
    {
        var response = await AnswerAsync($"application/json; charset={characterSet}", Encoding.UTF8.GetBytes(Json));

        Assert.True(IsJson(response));
        Assert.Equal(Json, response.ReadText());
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("Application/JSONL; charset=utf-8")]
    public async Task A_JSON_text_on_each_line_is_JSON_of_its_own_kind(string contentType)
    {
        var response = await AnswerAsync(contentType, "{\"a\":1}\n{\"a\":2}\n"u8.ToArray());

        Assert.True(response.IsJsonLines);
        Assert.True(response.TryReadJson(json => json.Length, out var length));
        Assert.Equal(16, length);
        Assert.False((await AnswerAsync("application/json", "{}"u8.ToArray())).IsJsonLines);
    }

    [Theory]
    [InlineData("application/xml", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>ü</a>")]
    [InlineData("application/atom+xml", "\n<?xml version='1.0' encoding='iso-8859-1' ?><a>ü</a>")]
    [InlineData("text/html", "<html><meta charset=iso-8859-1><p>ü</p>")]
    [InlineData("text/html", "<META http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">ü")]
    public async Task A_text_says_its_character_set_at_its_beginning_where_the_header_does_not(string contentType, string text)
    {
        Assert.Equal(text, (await AnswerAsync(contentType, Encoding.Latin1.GetBytes(text))).ReadText());
        Assert.Equal(text, (await AnswerAsync($"{contentType}; charset=utf-8", Encoding.UTF8.GetBytes(text))).ReadText());
        Assert.Equal(text, (await AnswerAsync(contentType, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)])).ReadText());
    }

    [Theory]
    [InlineData("application/xml", true)]
    [InlineData("text/xml", true)]
    [InlineData("application/rss+xml", true)]
    [InlineData("text/plain", false)]
    [InlineData(null, false)]
    public async Task XML_is_told_by_its_media_type(string? contentType, bool isXml) =>
        Assert.Equal(isXml, (await AnswerAsync(contentType, "<a/>"u8.ToArray())).IsXml);

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_replaced_and_cost_nothing_else()
    {
        var response = await AnswerAsync("application/json", [.. "[\"a"u8, 0xFF, .. "b\"]"u8]);

        Assert.True(response.TryReadJson(json => JsonDocument.Parse(json).RootElement[0].GetString(), out var text));
        Assert.Equal("a\uFFFDb", text);
    }

    [Theory]
    [InlineData("{\"cut\":")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("<html></html>")]
    public async Task What_says_to_be_JSON_and_is_not_is_an_error(string body)
    {
        var response = await AnswerAsync("text/json", Encoding.UTF8.GetBytes(body));

        Assert.Equal("ResponseNotJson", Assert.Throws<OAuthProtocolException>(() => IsJson(response)).ErrorId);
    }

    [Fact]
    public async Task Depth_is_bounded()
    {
        var response = await AnswerAsync("text/plain", Encoding.UTF8.GetBytes(new string('[', 100_000) + new string(']', 100_000)));

        Assert.False(IsJson(response));
    }

    private static bool IsJson(ApiResponse response) => response.TryReadJson(json => JsonDocument.Parse(json).RootElement.ValueKind, out _);

    private static async Task<ApiResponse> AnswerAsync(string? contentType, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        var wire = new Wire().Answers(Given.Token("t0ken")).Answers(new HttpResponseMessage { Content = content });
        var session = await wire.ConnectAsync(Given.Blynk);
        return await session.SendAsync(new ApiCall { Uri = new Uri("https://fra1.blynk.cloud/v1") });
    }
}
