using System.Net;
using System.Net.Sockets;
using System.Text;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests;

/// <summary>A server on loopback that reads one request a connection as bytes and lets the test do what it wants with the connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Stream, string, CancellationToken, Task> _response;
    private readonly List<string> _requests = [];
    private readonly Task _accepting;

    internal RawServer(Func<Stream, string, CancellationToken, Task> response)
    {
        _response = response;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    /// <summary>Answers every request with the same bytes; "\n" stands for CR LF up to the first empty line.</summary>
    internal RawServer(string literal)
        : this((stream, _, stop) => stream.WriteAsync(Encoding.Latin1.GetBytes(Crlf(literal)), stop).AsTask())
    {
    }

    internal Uri Url { get; }

    /// <summary>Told of each request.</summary>
    internal Happening Happened { get; } = new();

    internal IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>A transport with the handler that the library itself uses.</summary>
    internal static HttpTransport Transport(TimeProvider clock) => new(new HttpMessageInvoker(HttpTransport.CreateHandler()), clock);

    internal static string Crlf(string literal) =>
        literal.Split("\n\n", 2) is [var head, var body] ? head.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n" + body : literal;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream, _stop.Token);
                lock (_requests)
                    _requests.Add(request);
                Happened.Tell();
                await _response(stream, request, _stop.Token);
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client went away, as some of these tests want it to.
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken stop)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, stop);
            if (read == 0)
                break;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            if (text[0] < ' ')
                break;
        }

        return text.ToString();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var length = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        return request.Length >= end + 4 + (length is null ? 0 : int.Parse(length[16..], System.Globalization.CultureInfo.InvariantCulture));
    }
}
