using System.Net;
using System.Net.Sockets;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A proxy that wants a password, refuses or is not there: told apart from the server, to which nothing was sent.</summary>
public sealed class ProxyFailureTests : IDisposable
{
    private const string Password = "pr0xy-pa55word";

    // What passes between the tries of a request that may be sent again.
    private static readonly TimeSpan[] _backOff = [TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)];

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly WatchedClock _clock = new();
    private readonly RecordingLog _log = new();

    public void Dispose() => _clock.Dispose();

    [Theory]
    [InlineData("407 Proxy Authentication Required\nProxy-Authenticate: Basic realm=\"acme\"", "ProxyAuthenticationRequired", OAuthErrorKind.Authentication, "wants a user name and a password (407)")]
    [InlineData("407 Proxy Authentication Required\nProxy-Authenticate: Negotiate", "ProxyAuthenticationRequired", OAuthErrorKind.Authentication, "wants a user name and a password (407)")]
    [InlineData("403 Forbidden", "ProxyRefused", OAuthErrorKind.Connection, "does not connect to https://fra1.blynk.cloud (403)")]
    [InlineData("502 Bad Gateway", "ProxyRefused", OAuthErrorKind.Connection, "does not connect to https://fra1.blynk.cloud (502)")]
    public async Task What_a_proxy_says_is_its_own_failure(string status, string errorId, OAuthErrorKind kind, string words)
    {
        await using var proxy = new RawServer($"HTTP/1.1 {status}\nContent-Length: 0\nConnection: close\n\n");

        var failure = await FailsAsync(proxy.Url);

        Assert.Equal((errorId, kind), (failure.ErrorId, failure.Kind));
        Assert.Contains($"The proxy 127.0.0.1:{proxy.Url.Port} {words}", failure.WhatHappened, StringComparison.Ordinal);
        Assert.Contains("nothing of the token request was sent", failure.WhatHappened, StringComparison.Ordinal);
        Assert.All(proxy.Requests, request => Assert.StartsWith("CONNECT fra1.blynk.cloud:443 HTTP/1.1\r\n", request, StringComparison.Ordinal));
        NoSecret.In(failure, Password, Given.ClientSecret);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named_and_tried_again()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var failure = await FailsAsync(new Uri($"http://127.0.0.1:{port}"), _backOff);

        Assert.Equal(("ProxyUnreachable", OAuthErrorKind.Connection), (failure.ErrorId, failure.Kind));
        Assert.Equal($"The proxy 127.0.0.1:{port} cannot be reached; nothing of the token request was sent to https://fra1.blynk.cloud.", failure.WhatHappened);
        Assert.Equal(2, _log.VerboseNotices.Count(notice => notice.Id == OAuthNoticeId.TryingAgain));
        NoSecret.In(failure, Password, Given.ClientSecret);
        NoSecret.In(_log, Password);
    }

    [Fact]
    public async Task A_proxy_whose_name_nobody_knows_is_named()
    {
        var wire = new Wire();
        for (var time = 0; time < 3; time++)
            wire.Fails(new HttpRequestException(HttpRequestError.NameResolutionError, "No such host is known. (proxy.acme.example:3128)"));
        var transport = new HttpTransport(new HttpMessageInvoker(wire), _clock, new FixedChance()) { Proxy = new WebProxy("http://proxy.acme.example:3128") };

        var failing = OAuthConnection.ConnectAsync(Given.Blynk, transport, _log);
        var failure = await FailsAsync(failing, _backOff);

        Assert.Equal("ProxyUnreachable", failure.ErrorId);
        Assert.Contains("The proxy proxy.acme.example:3128 cannot be reached", failure.Message, StringComparison.Ordinal);
    }

    // Through a proxy that is another program's to know, the server is all there is to name.
    [Fact]
    public async Task A_host_that_is_reached_without_it_is_named_itself()
    {
        var wire = new Wire().Fails(new HttpRequestException(HttpRequestError.NameResolutionError, "No such host is known."));
        var proxy = new WebProxy("http://proxy.acme.example:3128") { BypassList = ["blynk"] };
        var transport = new HttpTransport(new HttpMessageInvoker(wire), _clock) { Proxy = proxy };

        Assert.Equal("HostUnknown", (await FailsAsync(OAuthConnection.ConnectAsync(Given.Blynk, transport, _log))).ErrorId);
    }

    private async Task<OAuthConnectionException> FailsAsync(Uri at, params TimeSpan[] waits)
    {
        var withPassword = new UriBuilder(at) { UserName = "me", Password = Password }.Uri;
        var handler = HttpTransport.CreateHandler();
        handler.Proxy = new WebProxy(withPassword);
        var transport = new HttpTransport(new HttpMessageInvoker(handler), _clock, new FixedChance()) { Proxy = handler.Proxy };
        return await FailsAsync(OAuthConnection.ConnectAsync(Given.Blynk, transport, _log), waits);
    }

    private async Task<OAuthConnectionException> FailsAsync(Task<OAuthSession> failing, params TimeSpan[] waits)
    {
        foreach (var wait in waits)
        {
            await _clock.WaitOfAsync(wait);
            _clock.Advance(wait);
        }

        return await Assert.ThrowsAsync<OAuthConnectionException>(() => failing.WaitAsync(_patience));
    }
}
