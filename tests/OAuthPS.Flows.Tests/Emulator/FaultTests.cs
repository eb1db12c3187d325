using System.Diagnostics;
using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

public sealed class FaultTests : EmulatorTest
{
    private Task<Reply> ConnectAsync(CancellationToken cancellationToken = default)
        => AskAsync($"POST /blynk/oauth2/token?grant_type=client_credentials\nAuthorization: {BlynkBasic}", cancellationToken);

    private Task<Reply> RefreshAsync(string refreshToken)
        => AskAsync($"POST /blynk/oauth2/token?grant_type=refresh_token&refresh_token={refreshToken}\nAuthorization: {BlynkBasic}");

    private async Task InjectAsync(string fault)
        => Assert.Equal(204, (await AskAsync($"POST /_emulator/faults\nContent-Type: application/json\n\n{fault}")).Status);

    [Fact]
    public async Task A_status_is_answered_once_in_place_of_the_real_answer()
    {
        await InjectAsync("""{"path":"/blynk/oauth2/token","method":"POST","status":503,"headers":{"Retry-After":"2"},"contentType":"text/html","body":"<html>busy"}""");
        var reply = await ConnectAsync();
        Assert.Equal("503 <html>busy", reply.Shape);
        Assert.Equal(TimeSpan.FromSeconds(2), reply.Headers.RetryAfter?.Delta);
        Assert.Equal("text/html", reply.ContentHeaders.ContentType?.ToString());
        Assert.Equal(503, Server.Journal.Entries[^1].Status);
        Assert.Equal(200, (await ConnectAsync()).Status);
    }

    [Fact]
    public async Task Path_method_times_and_skip_say_which_requests_are_struck()
    {
        await InjectAsync("""{"path":"/blynk/oauth2","method":"POST","status":500,"times":2,"skip":1}""");
        Assert.Equal(405, (await AskAsync("GET /blynk/oauth2/token")).Status);
        Assert.Equal(401, (await AskAsync("GET /blynk/api/v1/organization/profile")).Status);
        int[] statuses = [(await ConnectAsync()).Status, (await ConnectAsync()).Status, (await ConnectAsync()).Status, (await ConnectAsync()).Status];
        Assert.Equal([200, 500, 500, 200], statuses);
    }

    [Fact]
    public async Task A_fault_for_ever_lasts_until_faults_are_cleared()
    {
        Server.Faults.Add(new Fault { Path = "/blynk", Status = 500, Times = 0 });
        for (var round = 0; round < 3; round++)
            Assert.Equal(500, (await ConnectAsync()).Status);
        Assert.Equal(204, (await AskAsync("DELETE /_emulator/faults")).Status);
        Assert.Equal(200, (await ConnectAsync()).Status);
    }

    [Fact]
    public async Task A_body_alone_is_answered_with_200()
    {
        await InjectAsync("""{"body":"{\"access_token\":"}""");
        Assert.Equal("200 {\"access_token\":", (await ConnectAsync()).Shape);
    }

    [Fact]
    public async Task A_dropped_request_was_not_handled()
    {
        var refreshToken = (await ConnectAsync())["refresh_token"];
        await InjectAsync("""{"drop":true}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => RefreshAsync(refreshToken));
        Assert.Equal(0, Server.Journal.Entries[^1].Status);
        Assert.Equal(200, (await RefreshAsync(refreshToken)).Status);
    }

    [Fact]
    public async Task A_drop_after_handling_loses_the_answer_only()
    {
        var refreshToken = (await ConnectAsync())["refresh_token"];
        await InjectAsync("""{"drop":true,"afterHandling":true}""");
        await Assert.ThrowsAsync<HttpRequestException>(() => RefreshAsync(refreshToken));
        Assert.Equal("invalid_grant", (await RefreshAsync(refreshToken))["error"]);
    }

    [Fact]
    public async Task A_drop_midway_sends_the_headers_and_half_of_the_body()
    {
        await InjectAsync("""{"dropMidway":true}""");
        using var response = await Http.GetAsync(new Uri("/blynk/api/v1/organization/profile", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(401, (int)response.StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_endless_body_goes_on_until_the_client_leaves()
    {
        await InjectAsync("""{"endlessBody":true}""");
        using var response = await Http.GetAsync(new Uri("/blynk", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[4 * 1024 * 1024]);
    }

    [Fact]
    public async Task A_delay_holds_the_real_answer_back()
    {
        await InjectAsync("""{"delayMilliseconds":200}""");
        var watch = Stopwatch.StartNew();
        Assert.Equal(200, (await ConnectAsync()).Status);
        Assert.True(watch.ElapsedMilliseconds >= 190, $"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_client_that_leaves_during_a_delay_is_entered_in_the_journal()
    {
        await InjectAsync("""{"delayMilliseconds":600000}""");
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectAsync(leaving.Token));
        await Eventually(() => Server.Journal.Entries is [{ Status: 0 }]);
    }

    [Fact]
    public async Task The_emulator_ends_while_an_answer_is_delayed()
    {
        Server.Faults.Add(new Fault { DelayMilliseconds = 600_000 });
        var waiting = ConnectAsync();
        var watch = Stopwatch.StartNew();
        await Task.Yield();
        await Server.DisposeAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<HttpRequestException>(() => waiting);
    }

    [Theory]
    [InlineData("""{"pth":"/blynk"}""")]
    [InlineData("""{"status":99}""")]
    [InlineData("""{"times":-1}""")]
    [InlineData("""{"headers":{"X-Split":"a\r\nb"}}""")]
    [InlineData("""{"headers":{"X Y":"a"}}""")]
    [InlineData("""{"contentType":"a\nb"}""")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    public async Task A_fault_that_cannot_be_is_refused(string fault)
        => Assert.Equal(400, (await AskAsync($"POST /_emulator/faults\nContent-Type: application/json\n\n{fault}")).Status);

    // For what happens on the emulator's side of a connection that is gone: there is no response to wait for.
    private static async Task Eventually(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(10))
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }
}
