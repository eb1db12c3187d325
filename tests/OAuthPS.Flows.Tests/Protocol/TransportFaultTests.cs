using System.Net;
using System.Net.Sockets;
using System.Text;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>What can go wrong below HTTP, with a real socket: each a typed error that says what to do, and no secret.</summary>
public class TransportFaultTests
{
    private readonly FakeTimeProvider _clock = new(Given.Start);
    private readonly RecordingLog _log = new();

    [Fact]
    public async Task The_bytes_of_a_request_are_these()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 20\nConnection: close\n\n{\"access_token\":\"t\"}");

        await ConnectAsync(Given.Blynk with { ServiceUrl = server.Url });
        await ConnectAsync(Given.SpatiaFi with { ServiceUrl = server.Url, ClientAuthentication = OAuthPS.Flows.Providers.ClientAuthenticationMethod.Post });

        Assert.Equal(
            [
                $"POST /oauth2/token?grant_type=client_credentials HTTP/1.1\r\nHost: {server.Url.Authority}\r\nAuthorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=\r\n"
                    + "Accept: application/json\r\nUser-Agent: OAuthPS/0.1.0\r\nAccept-Encoding: gzip, deflate, br\r\nContent-Length: 0\r\n\r\n",
                $"POST /api/v1/auth/jwt/token HTTP/1.1\r\nHost: {server.Url.Authority}\r\nAccept: application/json\r\nUser-Agent: OAuthPS/0.1.0\r\n"
                    + "Accept-Encoding: gzip, deflate, br\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 77\r\n\r\n"
                    + "grant_type=client_credentials&client_id=client+id&client_secret=client+secret",
            ],
            server.Requests);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unreachable()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var failing = FailAsync<OAuthConnectionException>(new Uri($"http://127.0.0.1:{port}"));
        while (await Task.WhenAny(failing, Task.Delay(10)) != failing)
            _clock.Advance(TimeSpan.FromMilliseconds(250));
        var error = await failing;

        Assert.Equal(("ServerUnreachable", OAuthErrorKind.Connection), (error.ErrorId, error.Kind));
        Assert.Contains($"http://127.0.0.1:{port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_no_name_server_knows_is_named()
    {
        var wire = new Wire().Fails(new HttpRequestException(HttpRequestError.NameResolutionError, "No such host is known."));

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Equal("HostUnknown", error.ErrorId);
        Assert.Contains("'fra1.blynk.cloud'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_TLS_is_a_TLS_failure_and_nothing_was_sent_to_it()
    {
        await using var server = new RawServer("HTTP/1.1 400 Bad Request\nConnection: close\n\n");

        var error = await FailAsync<OAuthConnectionException>(new Uri($"https://127.0.0.1:{server.Url.Port}"));

        Assert.Equal("TlsFailure", error.ErrorId);
        Assert.EndsWith("is given with http:// in front.", error.Message, StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.DoesNotContain("oauth2", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Ty")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":\"leak")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"acc\r\n")]
    public async Task A_connection_that_ends_midway_is_lost_and_says_that_nobody_knows_what_happened(string sent)
    {
        await using var server = new RawServer(async (stream, _, stop) => await stream.WriteAsync(Encoding.ASCII.GetBytes(sent), stop));

        var error = await FailAsync<OAuthConnectionException>(server.Url);

        Assert.Equal("ConnectionLost", error.ErrorId);
        Assert.Contains("is not known", error.Message, StringComparison.Ordinal);
        NoSecret.In(error, "leak");
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":\"leak")]
    public async Task A_connection_that_is_reset_is_lost_also_in_the_middle_of_an_answer(string sent)
    {
        await using var server = new RawServer(async (stream, _, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(sent), stop);
            ((NetworkStream)stream).Socket.LingerState = new LingerOption(true, 0);
            ((NetworkStream)stream).Socket.Close();
        });

        var error = await FailAsync<OAuthConnectionException>(server.Url);

        Assert.Equal("ConnectionLost", error.ErrorId);
        NoSecret.In(error, "leak");
    }

    [Theory]
    [InlineData("HTTP/1.1 2x0 client secret\n\n")]
    [InlineData("HTTP/1.1 200 OK\nclient secret\n\n")]
    [InlineData("HTTP/1.1 200 OK\n@client secret: x\n\n")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nclient secret\r\nx\r\n0\r\n\r\n")]
    [InlineData("client secret\n\n")]
    [InlineData("SSH-2.0-client secret\n\n")]
    public async Task An_answer_that_is_not_HTTP_is_an_error_that_repeats_nothing_of_it(string response)
    {
        await using var server = new RawServer(response);

        var error = await FailAsync<OAuthException>(server.Url);

        Assert.Equal("ResponseNotHttp", error.ErrorId);
        NoSecret.In(error, Given.ClientSecret);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_body_that_cannot_be_unpacked_is_a_typed_error(string encoding)
    {
        await using var server = new RawServer($"HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Encoding: {encoding}\nConnection: close\n\nclient secret, not packed at all");

        var error = await FailAsync<OAuthException>(server.Url);

        Assert.Equal("ResponseNotHttp", error.ErrorId);
        NoSecret.In(error, Given.ClientSecret);
    }

    [Fact]
    public async Task An_endless_body_costs_a_mebibyte_and_not_the_memory()
    {
        long written = 0;
        await using var server = new RawServer(async (stream, _, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
            var block = Enumerable.Repeat((byte)' ', 64 * 1024).ToArray();
            for (; ; written += block.Length)
                await stream.WriteAsync(block, stop);
        });

        var error = await FailAsync<OAuthProtocolException>(server.Url);

        Assert.Equal("ResponseTooLarge", error.ErrorId);
        Assert.Contains("1 MiB", error.Message, StringComparison.Ordinal);
        Assert.InRange(written, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public async Task A_body_that_unpacks_to_more_than_a_mebibyte_is_not_unpacked_on()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new byte[64 * 1024 * 1024]);
        await using var server = new RawServer(async (stream, _, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"), stop);
            await stream.WriteAsync(packed.ToArray(), stop);
        });

        Assert.Equal("ResponseTooLarge", (await FailAsync<OAuthProtocolException>(server.Url)).ErrorId);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 1048577\n\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 99999999999\n\n")]
    public async Task A_body_that_announces_more_than_a_mebibyte_is_not_read_at_all(string response)
    {
        await using var server = new RawServer(async (stream, _, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(RawServer.Crlf(response)), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });

        Assert.Equal("ResponseTooLarge", (await FailAsync<OAuthProtocolException>(server.Url)).ErrorId);
    }

    [Fact]
    public async Task Headers_without_end_are_an_answer_too_large()
    {
        await using var server = new RawServer(async (stream, _, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), stop);
            for (var i = 0; ; i++)
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"X-{i}: {new string('x', 4096)}\r\n"), stop);
        });

        Assert.Equal("ResponseTooLarge", (await FailAsync<OAuthProtocolException>(server.Url)).ErrorId);
    }

    private Task<OAuthSession> ConnectAsync(ConnectRequest request) => OAuthConnection.ConnectAsync(request, RawServer.Transport(_clock), _log);

    private async Task<T> FailAsync<T>(Uri serviceUrl)
        where T : OAuthException
    {
        var error = Assert.IsAssignableFrom<T>(await Record.ExceptionAsync(() => ConnectAsync(Given.Blynk with { ServiceUrl = serviceUrl })));
        Assert.EndsWith(error.RecommendedAction, error.Message, StringComparison.Ordinal);
        NoSecret.In(error, Given.ClientSecret, "Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=");
        NoSecret.In(_log, Given.ClientSecret, "Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=");
        return error;
    }
}
