using System.Net;
using System.Text;
using OAuthPS.Flows.Api;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>An API call in a session: its headers, one renewal on 401, Retry-After honoured.</summary>
public class ApiCallTests
{
    private static readonly ApiCall _get = new() { Uri = new Uri("/things", UriKind.Relative) };

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_call_repeated_with_the_new_one()
    {
        var wire = new Wire().Answers(Given.Token("first", 600, "refresh-1"), "HTTP/1.1 401 Unauthorized", Given.Token("second", 600, "refresh-2"), Wire.Json("""{"ok":true}"""));
        var session = await wire.ConnectAsync(Given.Blynk);

        var response = await session.SendAsync(new ApiCall
        {
            Uri = new Uri("https://fra1.blynk.cloud/api/v1/things?x=1"),
            Method = HttpMethod.Post,
            Content = ApiContent.FromText("""{"a":"ä"}"""),
        });

        Assert.Equal((HttpStatusCode.OK, """{"ok":true}"""), (response.StatusCode, Encoding.UTF8.GetString(response.Body)));
        Assert.Equal("""
            POST https://fra1.blynk.cloud/api/v1/things?x=1
            Authorization: Bearer second
            Accept: application/json, */*;q=0.5
            Content-Type: application/json; charset=utf-8

            {"a":"ä"}
            """, wire.LastRequest);
        Assert.Equal(wire.Requests[1], wire.Requests[3].Replace("Bearer second", "Bearer first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_refusal_is_an_error_and_nothing_more_is_sent()
    {
        var wire = new Wire().Answers(Given.Token("first", 600), "HTTP/1.1 401 Unauthorized", Given.Token("second", 600), "HTTP/1.1 401 Unauthorized");
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(_get));

        Assert.Equal(("Unauthorized", 401), (error.ErrorId, error.StatusCode));
        Assert.Equal(4, wire.Requests.Count);
        Assert.Equal("second", (await session.GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task A_refusal_where_nothing_can_be_renewed_is_an_error_at_once()
    {
        var wire = new Wire().Answers(Given.Token("only", 600), "HTTP/1.1 401 Unauthorized", "HTTP/1.1 401 Unauthorized");
        var session = await wire.ConnectAsync(Given.SpacebringCode);
        var basic = await wire.ConnectAsync(Given.SpacebringBasic);

        Assert.Equal("Unauthorized", (await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(_get))).ErrorId);
        Assert.Equal("Unauthorized", (await Assert.ThrowsAsync<OAuthServerException>(() => basic.SendAsync(_get))).ErrorId);
        Assert.Equal(3, wire.Requests.Count);
    }

    [Fact]
    public async Task The_words_of_the_specification_in_an_APIs_error_do_not_change_its_meaning()
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), Wire.Json("""{"error":"invalid_client"}""", "404 Not Found"));
        var session = await wire.ConnectAsync(Given.Blynk);

        Assert.Equal("EndpointNotFound", (await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(_get))).ErrorId);
    }

    [Theory]
    [InlineData("429 Too Many Requests", "POST")]
    [InlineData("429 Too Many Requests", "GET")]
    [InlineData("503 Service Unavailable", "GET")]
    [InlineData("503 Service Unavailable", "PUT")]
    [InlineData("503 Service Unavailable", "DELETE")]
    public async Task A_wait_that_the_server_asks_for_is_waited_and_the_call_repeated(string status, string method)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), $"HTTP/1.1 {status}\nRetry-After: 120", Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var call = session.SendAsync(new ApiCall { Uri = _get.Uri, Method = new HttpMethod(method) }, wire.Log);
        wire.Clock.Advance(TimeSpan.FromSeconds(119.9));
        Assert.False(call.IsCompleted);
        Assert.Equal(2, wire.Requests.Count);
        wire.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        Assert.Equal(wire.Requests[1], wire.Requests[2]);
        Assert.Contains("120 s", Assert.Single(wire.Log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("503 Service Unavailable\nRetry-After: 1", "POST", "ServerError")]
    [InlineData("503 Service Unavailable\nRetry-After: 1", "PATCH", "ServerError")]
    [InlineData("501 Not Implemented", "GET", "ServerError")]
    [InlineData("429 Too Many Requests\nRetry-After: 121", "GET", "TooManyRequests")]
    public async Task What_is_not_safe_to_repeat_or_too_long_to_wait_for_is_an_error_at_once(string response, string method, string errorId)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), $"HTTP/1.1 {response}");
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(new ApiCall { Uri = _get.Uri, Method = new HttpMethod(method) }));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_never_stops_asking_to_wait_is_an_error_in_the_end()
    {
        var wire = new Wire().Answers(Given.Token("t0ken")).Otherwise(_ => "HTTP/1.1 429 Too Many Requests\nRetry-After: 0");
        var session = await wire.ConnectAsync(Given.Blynk);

        Assert.Equal("TooManyRequests", (await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(_get))).ErrorId);
        Assert.InRange(wire.Requests.Count, 3, 10);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), "HTTP/1.1 429 Too Many Requests\nRetry-After: 100");
        var session = await wire.ConnectAsync(Given.Blynk);
        using var source = new CancellationTokenSource();
        var call = session.SendAsync(_get, cancellationToken: source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("https://h.example", "/v1/things", "https://h.example/v1/things")]
    [InlineData("https://h.example/base", "/v1/things?q=a%20b#f", "https://h.example/base/v1/things?q=a%20b")]
    [InlineData("https://h.example/base/", "v1/things", "https://h.example/base/v1/things")]
    [InlineData("https://h.example/base/", "//evil.example/x", "https://h.example/base/evil.example/x")]
    [InlineData("https://h.example/base", "https://other.example/x", "https://other.example/x")]
    [InlineData("https://h.example/base?x=1", "v1", "https://h.example/base/v1")]
    [InlineData("https://h.example/base", "?q=1", "https://h.example/base/?q=1")]
    public async Task A_relative_address_lies_below_the_service_URLs_own_path(string serviceUrl, string uri, string target)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk with { ServiceUrl = new Uri(serviceUrl), ApiUrls = [new Uri("https://other.example")] });

        await session.SendAsync(new ApiCall { Uri = new Uri(uri, UriKind.RelativeOrAbsolute) });

        Assert.Equal(target, wire.LastRequest.Split('\n')[0].Split(' ')[1].Split('#')[0]);
    }

    [Fact]
    public async Task A_header_of_the_call_goes_before_the_sessions_of_the_same_name()
    {
        var wire = new Wire().Answers(Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.SpacebringBasic);

        await session.SendAsync(new ApiCall
        {
            Uri = _get.Uri,
            Headers = new Dictionary<string, string> { ["Spacebring-Network-Id"] = "other", ["accept"] = "text/csv" },
        });

        Assert.Equal("""
            GET https://api.spacebring.com/things
            Authorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=
            Accept: text/csv
            spacebring-network-id: other


            """, wire.LastRequest, ignoreCase: true);
    }

    [Theory]
    [InlineData("Authorization", "Bearer mine")]
    [InlineData("authorization", "Bearer mine")]
    [InlineData("X-A", "a\r\nX-B: b")]
    [InlineData("X A", "a")]
    [InlineData("", "a")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("X-A", "hünter2")]
    [InlineData("X-A", "a\0b")]
    public async Task A_header_that_cannot_be_sent_is_refused_before_anything_is(string name, string value)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"));
        var headers = new Dictionary<string, string> { [name] = value };

        Assert.Equal("InvalidHeader", (await Assert.ThrowsAsync<OAuthUsageException>(() => wire.ConnectAsync(Given.Blynk with { Headers = headers }))).ErrorId);
        Assert.Empty(wire.Requests);
        var session = await wire.ConnectAsync(Given.Blynk);
        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(new ApiCall { Uri = _get.Uri, Headers = headers }));
        Assert.Equal("InvalidHeader", error.ErrorId);
        Assert.DoesNotContain("hünter2", error.ToString(), StringComparison.Ordinal);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public void A_content_type_that_is_none_is_refused()
    {
        var error = Record.Exception(() => ApiContent.FromBytes([1], "no type"));

        Assert.Equal("InvalidContentType", Assert.IsType<OAuthUsageException>(error).ErrorId);
    }
}
