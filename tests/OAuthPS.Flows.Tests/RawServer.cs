using System.Net.Sockets;
using System.Text;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests;

/// <summary>A server on loopback that reads one request a connection as bytes and lets the test do what it wants with the connection.</summary>
internal sealed class RawServer : LoopbackPeer
{
    private readonly Func<Stream, string, CancellationToken, Task> _response;
    private readonly List<string> _requests = [];

    internal RawServer(Func<Stream, string, CancellationToken, Task> response) => _response = response;

    /// <summary>Answers every request with the same bytes; "\n" stands for CR LF up to the first empty line.</summary>
    internal RawServer(string literal)
        : this((stream, _, stop) => stream.WriteAsync(Encoding.Latin1.GetBytes(Crlf(literal)), stop).AsTask())
    {
    }

    internal Uri Url => new($"http://127.0.0.1:{Port}");

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

    private protected override async Task TalkAsync(NetworkStream stream)
    {
        var request = await ReadAsync(stream);
        lock (_requests)
            _requests.Add(request);
        Happened.Tell();
        await _response(stream, request, Stopped);
    }
}
