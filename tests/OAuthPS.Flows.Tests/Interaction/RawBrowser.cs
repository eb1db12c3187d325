using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>A browser, or what pretends to be one: one connection to a port of this machine, and bytes.</summary>
internal sealed class RawBrowser : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client;

    private RawBrowser(TcpClient client) => _client = client;

    internal NetworkStream Stream => _client.GetStream();

    internal static async Task<RawBrowser> ConnectAsync(int port, IPAddress? address = null)
    {
        var client = new TcpClient((address ?? IPAddress.Loopback).AddressFamily);
        await client.ConnectAsync(address ?? IPAddress.Loopback, port).WaitAsync(Patience);
        return new RawBrowser(client);
    }

    /// <summary>Sends a request on a connection of its own; "\n" stands for CR LF.</summary>
    /// <returns>All that came back; empty when the connection was closed without a word.</returns>
    internal static async Task<string> SendAsync(int port, string request, IPAddress? address = null)
    {
        using var browser = await ConnectAsync(port, address);
        await browser.WriteAsync(request.Replace("\n", "\r\n", StringComparison.Ordinal));
        return await browser.ReadAsync();
    }

    internal static Task<string> GetAsync(int port, string target, string headers = "") =>
        SendAsync(port, $"GET {target} HTTP/1.1\nHost: 127.0.0.1:{port}\n{headers}\n");

    internal static bool IsFree(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>A port that nothing listens on now.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal Task WriteAsync(string text) => Stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask().WaitAsync(Patience);

    internal async Task<string> ReadAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await Stream.CopyToAsync(all).WaitAsync(Patience);
        }
        catch (IOException)
        {
            // Reset: what came before it counts.
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    public void Dispose() => _client.Dispose();
}
