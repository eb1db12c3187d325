using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OAuthPS.Flows.Tests.Network;

/// <summary>
/// A TLS server on loopback; or a proxy, behind which every host is that server. It speaks HTTP/1.1, one request a connection, and gives a
/// token to a POST and the name of the path to a GET.
/// </summary>
internal sealed class TlsPeer : LoopbackPeer
{
    private readonly Lock _gate = new();
    private readonly List<string> _connects = [];
    private readonly List<string> _requests = [];
    private readonly List<string?> _clients = [];
    private int _tokens;

    internal required X509Certificate2 Certificate { get; init; }

    /// <summary>What it sends beside its certificate.</summary>
    internal X509Certificate2Collection Chain { get; init; } = [];

    /// <summary>Whether it waits for CONNECT first.</summary>
    internal bool IsProxy { get; init; }

    /// <summary>What a proxy wants to be told: user:password.</summary>
    internal string? Password { get; init; }

    /// <summary>What it says to a GET, by its path; null for the usual.</summary>
    internal Func<string, string?> Documents { get; init; } = _ => null;

    internal Uri Url => new($"{(IsProxy ? "http" : "https")}://127.0.0.1:{Port}");

    /// <summary>The heads of the requests to the proxy itself.</summary>
    internal IReadOnlyList<string> Connects => Copy(_connects);

    /// <summary>The requests within TLS.</summary>
    internal IReadOnlyList<string> Requests => Copy(_requests);

    /// <summary>Their first lines.</summary>
    internal IEnumerable<string> Lines => Requests.Select(request => request.Split("\r\n")[0]);

    /// <summary>The thumbprints of the certificates that clients presented.</summary>
    internal IReadOnlyList<string?> Clients => Copy(_clients);

    private List<T> Copy<T>(List<T> list)
    {
        lock (_gate)
            return [.. list];
    }

    private void Add<T>(List<T> list, T item)
    {
        lock (_gate)
            list.Add(item);
    }

    private protected override async Task TalkAsync(NetworkStream stream)
    {
        if (!IsProxy || await IsLetThroughAsync(stream))
            await ServeTlsAsync(stream);
    }

    private async Task<bool> IsLetThroughAsync(NetworkStream stream)
    {
        var expected = Password is null ? null : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Password))}\r\n";
        while (await ReadAsync(stream) is { Length: > 0 } head)
        {
            Add(_connects, head);
            if (expected is null || head.Contains(expected, StringComparison.Ordinal))
            {
                await WriteAsync(stream, "HTTP/1.1 200 Connection established\r\n\r\n");
                return true;
            }

            await WriteAsync(stream, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"acme\"\r\nContent-Length: 0\r\n\r\n");
        }

        return false;
    }

    private async Task ServeTlsAsync(NetworkStream stream)
    {
        await using var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(Certificate, Chain, offline: true),
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, client, _, _) => client is null or { Subject: "CN=client" },
            },
            Stopped);
        Add(_clients, (tls.RemoteCertificate as X509Certificate2)?.Thumbprint);
        if (await ReadAsync(tls) is not { Length: > 0 } request)
            return;
        Add(_requests, request);
        var path = request.Split(' ') is [_, var target, ..] ? target : "";
        var body = request.StartsWith("POST ", StringComparison.Ordinal)
            ? $$"""{"access_token":"token-{{Interlocked.Increment(ref _tokens)}}","token_type":"Bearer","expires_in":3600,"refresh_token":"refresh"}"""
            : Documents(path) ?? $$"""{"path":"{{path}}"}""";
        await WriteAsync(tls, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
        await tls.ShutdownAsync();
    }

    private Task WriteAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text), Stopped).AsTask();
}
