using System.Text;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A redirect must not drop the method, and must not carry credentials to another origin.</summary>
public class RedirectTests
{
    [Theory]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task Within_the_origin_method_body_and_credentials_are_kept(string status)
    {
        var wire = new Wire().Answers($"HTTP/1.1 {status}\nLocation: /elsewhere?a=1", Given.Token("t"));

        await wire.ConnectAsync(Given.Space);

        Assert.Equal(wire.Requests[0].Replace("/oauth/token\n", "/elsewhere?a=1\n", StringComparison.Ordinal), wire.Requests[1]);
        Assert.EndsWith("grant_type=client_credentials", wire.Requests[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    public async Task A_redirect_that_would_turn_POST_into_GET_is_refused(string status)
    {
        var wire = new Wire().Answers($"HTTP/1.1 {status}\nLocation: /oauth/token/");

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => wire.ConnectAsync(Given.Space));

        Assert.Equal("RedirectDropsMethod", error.ErrorId);
        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData("https://user@mycompany.jetbrains.space/oauth/token")]
    [InlineData("https://user:the-password@mycompany.jetbrains.space/oauth/token")]
    [InlineData("//:the-password@mycompany.jetbrains.space/oauth/token")]
    public async Task A_redirect_to_an_address_with_a_user_name_in_it_is_refused(string location)
    {
        var wire = new Wire().Answers($"HTTP/1.1 307 Temporary Redirect\nLocation: {location}");

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => wire.ConnectAsync(Given.Space));

        Assert.Equal("RedirectInvalid", error.ErrorId);
        Assert.Equal("The server redirects the token request to an address with a user name in it; nothing was sent there.", error.WhatHappened);
        NoSecret.In(error, "the-password");
        Assert.Single(wire.Requests);
    }

    // A name server is asked for 127.0.0.1 with a dot at its end, and may say that it is anywhere.
    [Fact]
    public async Task A_redirect_that_looks_like_this_machine_and_may_leave_it_in_the_clear_is_refused()
    {
        var wire = new Wire().Answers("HTTP/1.1 307 Temporary Redirect\nLocation: http://127.0.0.1.:8080/oauth/token");

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(
            () => wire.ConnectAsync(Given.Space with { ServiceUrl = new Uri("http://127.0.0.1:8080") }));

        Assert.Equal("RedirectToOtherOrigin", error.ErrorId);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task A_GET_follows_any_redirect_within_the_origin_with_its_token()
    {
        var wire = new Wire().Answers(Given.Token("the-token"), "HTTP/1.1 302 Found\nLocation: ../b?page=2", Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Space);

        await session.SendAsync(new ApiCall { Uri = new Uri("/api/a/", UriKind.Relative) });

        Assert.Equal("""
            GET https://mycompany.jetbrains.space/api/b?page=2
            Authorization: Bearer the-token
            Accept: application/json, */*;q=0.5


            """, wire.LastRequest);
    }

    [Theory]
    [InlineData("https://evil.example/oauth/token")]
    [InlineData("//evil.example/oauth/token")]
    [InlineData("http://mycompany.jetbrains.space/oauth/token")]
    [InlineData("https://mycompany.jetbrains.space:8443/oauth/token")]
    [InlineData("https://mycompany.jetbrains.space.evil.example/")]
    [InlineData("https://mycompany.jetbrains.space@evil.example/")]
    [InlineData("https://sub.mycompany.jetbrains.space/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("mailto:a@b.example")]
    public async Task Another_origin_is_refused_and_nothing_is_sent_there(string location)
    {
        foreach (var status in new[] { "302 Found", "307 Temporary Redirect" })
        {
            var wire = new Wire().Answers($"HTTP/1.1 {status}\nLocation: {location}");

            var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => wire.ConnectAsync(Given.Space));

            Assert.Equal("RedirectToOtherOrigin", error.ErrorId);
            Assert.Equal((OAuthInput.ServiceUrl, "https://mycompany.jetbrains.space/oauth/token"), (Assert.Single(error.Inputs), error.Endpoint));
            Assert.Single(wire.Requests);
            NoSecret.In(error, Given.ClientSecret);
        }
    }

    [Theory]
    [InlineData("https://:0/")]
    [InlineData("//")]
    [InlineData("///")]
    [InlineData("http://")]
    [InlineData("https://[::1")]
    [InlineData("https://host:99999/")]
    [InlineData("https:/\\/x")]
    [InlineData("\\\\evil.example\\x")]
    [InlineData("%00")]
    [InlineData("https://exa mple/")]
    [InlineData(":")]
    [InlineData("?")]
    [InlineData("#")]
    public async Task A_strange_location_is_a_typed_error_and_no_credentials_go_anywhere_else(string location)
    {
        var wire = new Wire().Otherwise(_ => $"HTTP/1.1 307 Temporary Redirect\nLocation: {location}");

        Assert.IsAssignableFrom<OAuthException>(await Record.ExceptionAsync(() => wire.ConnectAsync(Given.Space)));

        Assert.All(wire.Requests, request => Assert.StartsWith("POST https://mycompany.jetbrains.space/", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_loop_ends()
    {
        var wire = new Wire().Otherwise(_ => "HTTP/1.1 307 Temporary Redirect\nLocation: /oauth/token");

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => wire.ConnectAsync(Given.Space));

        Assert.Equal("RedirectLoop", error.ErrorId);
        Assert.InRange(wire.Requests.Count, 2, 10);
    }

    [Fact]
    public async Task A_session_whose_renewal_is_redirected_elsewhere_keeps_its_token()
    {
        var wire = new Wire().Answers(
            Given.Token("first", 3600, "refresh-1"), "HTTP/1.1 307 Temporary Redirect\nLocation: https://evil.example/", Given.Token("second", 3600));
        var session = await wire.ConnectAsync(Given.SpacebringCode);

        await Assert.ThrowsAsync<OAuthConnectionException>(() => session.RenewAsync());

        Assert.Equal("first", (await session.GetTokenAsync()).TokenOf());
        Assert.Equal("second", (await session.RenewAsync()).TokenOf());
    }

    [Fact]
    public async Task A_real_server_that_redirects_elsewhere_gets_no_second_connection_and_the_other_none_at_all()
    {
        await using var other = new RawServer("HTTP/1.1 200 OK\nContent-Length: 20\n\n{\"access_token\":\"t\"}");
        await using var server = new RawServer((stream, _, stop) =>
            stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 307 Temporary Redirect\r\nLocation: {other.Url}oauth2/token\r\nContent-Length: 0\r\n\r\n"), stop).AsTask());

        await Assert.ThrowsAsync<OAuthConnectionException>(() =>
            OAuthConnection.ConnectAsync(Given.Blynk with { ServiceUrl = server.Url }, RawServer.Transport(new FakeTimeProvider(Given.Start))));

        Assert.Single(server.Requests);
        Assert.Empty(other.Requests);
    }
}
