using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace OAuthPS.Flows.Tests;

/// <summary>Whoever listens on a port of loopback and talks to each connection by itself.</summary>
internal abstract class LoopbackPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private protected LoopbackPeer()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    internal int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    /// <summary>Cancelled when the test is over.</summary>
    private protected CancellationToken Stopped => _stop.Token;

    private protected abstract Task TalkAsync(NetworkStream stream);

    /// <summary>A request, with its body; or what came before the connection ended, or is no text.</summary>
    private protected async Task<string> ReadAsync(Stream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, Stopped);
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
        return request.Length >= end + 4 + (length is null ? 0 : int.Parse(length[16..], CultureInfo.InvariantCulture));
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
                await TalkAsync(client.GetStream());
        }
        catch (Exception end) when (end is IOException or AuthenticationException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client went away, as some of these tests want it to.
        }
    }
}
