using System.Net;
using OAuthPS.Flows.Api;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>How a call of an API follows redirects within its origin, and takes a refusal for a response.</summary>
public class ApiRedirectTests
{
    private static readonly Uri _jobs = new("/jobs", UriKind.Relative);

    [Fact]
    public async Task What_came_of_a_call_is_fetched_with_GET_and_without_its_body_where_303_says_so()
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), "HTTP/1.1 303 See Other\nLocation: /jobs/7", Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var response = await session.SendAsync(new ApiCall { Uri = _jobs, Method = HttpMethod.Post, Content = ApiContent.FromText("{}") });

        Assert.Equal("https://fra1.blynk.cloud/jobs/7", response.Uri.AbsoluteUri);
        Assert.Equal("""
            GET https://fra1.blynk.cloud/jobs/7
            Authorization: Bearer t0ken
            Accept: application/json, */*;q=0.5


            """, wire.LastRequest);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task The_method_stays_where_the_caller_wants_it(int status)
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), $"HTTP/1.1 {status} X\nLocation: /other", Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        await session.SendAsync(new ApiCall
        {
            Uri = _jobs, Method = HttpMethod.Post, Content = ApiContent.FromText("[1]"), PreserveMethodOnRedirect = true,
        });

        Assert.StartsWith("POST https://fra1.blynk.cloud/other\n", wire.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("\n\n[1]", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_the_response_where_none_is_followed()
    {
        var wire = new Wire().Answers(Given.Token("t0ken"), "HTTP/1.1 302 Found\nLocation: https://elsewhere.example/");
        var session = await wire.ConnectAsync(Given.Blynk);

        var response = await session.SendAsync(new ApiCall { Uri = _jobs, MaximumRedirection = 0, SkipErrorCheck = true });

        Assert.Equal((HttpStatusCode.Found, "https://elsewhere.example/"), (response.StatusCode, response.Headers["Location"][0]));
    }

    [Fact]
    public async Task No_more_redirects_are_followed_than_wanted()
    {
        var wire = new Wire().Answers(Given.Token("t0ken")).Otherwise(_ => "HTTP/1.1 307 X\nLocation: /jobs");
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => session.SendAsync(new ApiCall { Uri = _jobs, MaximumRedirection = 2 }));

        Assert.Equal(("RedirectLoop", 4), (error.ErrorId, wire.Requests.Count));
    }

    [Fact]
    public async Task A_refusal_is_a_response_with_its_body_where_the_caller_wants_it_after_one_renewal()
    {
        var wire = new Wire().Answers(
            Given.Token("first", 600, "refresh-1"), "HTTP/1.1 401 X", Given.Token("second", 600, "refresh-2"), Wire.Json("""{"why":"t"}""", "422 Unprocessable Content"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var response = await session.SendAsync(new ApiCall { Uri = _jobs, SkipErrorCheck = true });

        Assert.Equal((422, """{"why":"t"}"""), ((int)response.StatusCode, response.ReadText()));
    }

    [Fact]
    public async Task The_address_of_a_next_page_at_another_origin_is_refused_before_anything_is_sent()
    {
        var wire = new Wire().Answers(Given.Token("t0ken"));
        var session = await wire.ConnectAsync(Given.Blynk);

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(
            new ApiCall { Uri = new("https://elsewhere.example/page2"), IsLink = true }));

        Assert.Equal("ApiOriginNotAllowed", error.ErrorId);
        Assert.Single(wire.Requests);
    }
}
