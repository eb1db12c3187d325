namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>What else may knock at the port: other sites' pages, broken clients, and clients that mean harm.</summary>
public class HostileRequestTests
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{0}")]
    [InlineData("127.0.0.1.evil.example:{0}")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:{0}@evil.example:{0}")]
    [InlineData("")]
    public async Task A_page_that_came_by_another_name_is_refused_and_the_wait_goes_on(string host)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        host = string.Format(System.Globalization.CultureInfo.InvariantCulture, host, run.Port);

        var response = await RawBrowser.SendAsync(run.Port, $"GET /?code=forged&state={run.State} HTTP/1.1\nHost: {host}\n\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", response, StringComparison.Ordinal);
        await LoopbackListenerTests.SignsInAsync(run);
    }

    [Theory]
    [InlineData("GET /?code=forged HTTP/1.1\r\n\r\n")]
    [InlineData("GET /?code=forged\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n: nameless\r\n\r\n")]
    [InlineData("GET /  HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 65536\r\n\r\n")]
    [InlineData("GET /?code=c HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nHost: 127.0.0.1:{0}\r\n\r\n")]
    [InlineData("GET /?code=c HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nhOST: evil.example\r\n\r\n")]
    [InlineData("GET /?code=c HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:{0}\r\n\r\n")]
    [InlineData("GET /?code=c HTTP/1.1\r\nHost : 127.0.0.1:{0}\r\n\r\n")]
    [InlineData("GET /?code=c HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\n folded: x\r\n\r\n")]
    [InlineData("GET /?code=c HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nX: a\nHost: b\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nOrigin: http://127.0.0.1:{0}\r\nOrigin: http://evil.example\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n")]
    public async Task What_is_no_request_is_answered_400_and_the_wait_goes_on(string bytes)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        using (var browser = await RawBrowser.ConnectAsync(run.Port))
        {
            await browser.WriteAsync(bytes.Replace("{0}", $"{run.Port}", StringComparison.Ordinal));
            Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", await browser.ReadAsync(), StringComparison.Ordinal);
        }

        await LoopbackListenerTests.SignsInAsync(run);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off_and_the_wait_goes_on()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        using (var browser = await RawBrowser.ConnectAsync(run.Port))
        {
            await browser.WriteAsync("GET / HTTP/1.1\r\nX: ");
            var filler = new string('x', 16 * 1024);
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                while (true)
                    await browser.WriteAsync(filler);
            });
        }

        await LoopbackListenerTests.SignsInAsync(run);
    }

    [Fact]
    public async Task A_request_that_comes_byte_by_byte_is_answered()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        using var browser = await RawBrowser.ConnectAsync(run.Port);
        foreach (var character in $"GET /?code=c&state={run.State} HTTP/1.1\r\nHost: 127.0.0.1:{run.Port}\r\n\r\n")
            await browser.WriteAsync(character.ToString());

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", await browser.ReadAsync(), StringComparison.Ordinal);
        await run.EndAsync();
    }

    [Fact]
    public async Task Connections_that_say_nothing_block_nobody_and_are_closed_in_the_end()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        var idle = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RawBrowser.ConnectAsync(run.Port)));
        await idle[0].WriteAsync("GET /?co");

        await LoopbackListenerTests.SignsInAsync(run);

        foreach (var browser in idle)
        {
            Assert.Equal("", await browser.ReadAsync());
            browser.Dispose();
        }
    }

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed_after_ten_seconds()
    {
        using var clock = new WatchedClock();
        using var wire = new Wire();
        var run = await SignInRun.StartAsync(SignInRun.Space, transport: new(new(wire), clock));
        using var browser = await RawBrowser.ConnectAsync(run.Port);
        await browser.WriteAsync("GET /?co");

        await clock.WaitOfAsync(TimeSpan.FromSeconds(10));
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("", await browser.ReadAsync().WaitAsync(RawBrowser.Patience));
    }

    [Fact]
    public async Task What_follows_a_request_on_its_connection_is_not_served_and_does_not_cost_the_page()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        using var browser = await RawBrowser.ConnectAsync(run.Port);
        var request = $"GET /?code=c&state={run.State} HTTP/1.1\r\nHost: 127.0.0.1:{run.Port}\r\n\r\n";
        await browser.WriteAsync(request + request + new string('x', 100_000));

        var page = await browser.ReadAsync();

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>", page.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(page.IndexOf("HTTP/1.1", StringComparison.Ordinal), page.LastIndexOf("HTTP/1.1", StringComparison.Ordinal));
        await run.EndAsync();
    }

    [Theory]
    [InlineData("no-cors")]
    [InlineData("cors")]
    [InlineData("websocket")]
    public async Task A_part_of_another_page_is_no_answer(string mode)
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var response = await RawBrowser.GetAsync(run.Port, "/?code=forged&state=guessed", $"Sec-Fetch-Mode: {mode}\nSec-Fetch-Site: cross-site\n");

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", response, StringComparison.Ordinal);
        await LoopbackListenerTests.SignsInAsync(run);
    }
}
