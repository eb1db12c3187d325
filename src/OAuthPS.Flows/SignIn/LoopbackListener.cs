using System.Net.Sockets;
using System.Text;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.SignIn;

/// <summary>What a browser is shown, and whether the wait is over.</summary>
/// <param name="Status">The HTTP status line after the version, such as <c>200 OK</c>.</param>
/// <param name="Page">The page; null for a response without a body.</param>
/// <param name="IsLast">Whether the listener is done.</param>
internal sealed record BrowserReply(string Status, SignInPage? Page = null, bool IsLast = false);

/// <summary>
/// The loopback redirect's receiving end (RFC 8252 section 7.3). Bound to loopback addresses alone; each connection is served
/// by itself, since browsers open some that they never use.
/// </summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int MaximumDrained = 1024 * 1024;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly List<TcpListener> _listeners;
    private readonly TimeProvider _clock;

    private LoopbackListener(List<TcpListener> listeners, string redirectUri, TimeProvider clock)
    {
        _listeners = listeners;
        _clock = clock;
        RedirectUri = redirectUri;
        Address = new Uri(redirectUri);
    }

    /// <summary>The redirect URI to send: the one given byte for byte, with the port that was chosen where it left that open.</summary>
    internal string RedirectUri { get; }

    internal Uri Address { get; }

    /// <summary>Whether a redirect URI leads to this machine without TLS, which is what a listener can serve.</summary>
    internal static bool CanServe(string redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && SecureUrl.IsLoopback(uri);

    /// <exception cref="OAuthUsageException">The port is taken or not allowed.</exception>
    internal static LoopbackListener Start(string? redirectUri, TimeProvider clock)
    {
        var (listeners, address) = LoopbackPort.Listen(redirectUri ?? "http://127.0.0.1:0/");
        return new LoopbackListener(listeners, address, clock);
    }

    /// <summary>Whether a request is for the redirect URI's path, however the browser escapes it (RFC 3986 section 6.2.2).</summary>
    internal bool IsExpected(BrowserRequest request) =>
        Uri.TryCreate(Address.GetLeftPart(UriPartial.Authority) + request.Path, UriKind.Absolute, out var asked)
            && asked.AbsolutePath == Address.AbsolutePath;

    /// <summary>Serves requests until one of them is the last.</summary>
    internal async Task ServeAsync(Func<BrowserRequest, Task<BrowserReply>> response, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var listener in _listeners)
        {
            _ = AcceptAsync(listener, response, last, done.Token);
        }

        try
        {
            await last.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Dispose();
            await done.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Frees the port.</summary>
    public void Dispose() => _listeners.ForEach(listener => listener.Dispose());

    private async Task AcceptAsync(
        TcpListener listener,
        Func<BrowserRequest, Task<BrowserReply>> response,
        TaskCompletionSource last,
        CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                _ = ServeConnectionAsync(
                    await listener.AcceptTcpClientAsync(cancellationToken).ConfigureAwait(false), response, last, cancellationToken);
            }
        }
        catch (Exception ended) when (
            ended is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The wait is over.
        }
    }

    private async Task ServeConnectionAsync(
        TcpClient client, Func<BrowserRequest, Task<BrowserReply>> response, TaskCompletionSource last, CancellationToken cancellationToken)
    {
        using var connection = client;
        using var timer = new CancellationTokenSource(_patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        BrowserReply? reply = null;
        try
        {
            var stream = connection.GetStream();
            var request = await HttpMessageReader.ReadAsync(stream, either.Token).ConfigureAwait(false);
            reply = request is null || !IsForUs(request)
                ? new BrowserReply("400 Bad Request")
                : await response(request).ConfigureAwait(false);
            await stream.WriteAsync(ToBytes(reply), either.Token).ConfigureAwait(false);
            connection.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // A browser that went away, or one that never said anything.
        }

        // The page is on its way before the port is freed.
        if (reply is { IsLast: true })
        {
            last.TrySetResult();
        }

        if (reply is not null)
        {
            await DrainAsync(connection, timer.Token).ConfigureAwait(false);
        }
    }

    // A socket closed over bytes that nobody has read is reset, and the page on its way is lost (RFC 9112 section 9.6).
    private static async Task DrainAsync(TcpClient connection, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            var left = MaximumDrained;
            int read;
            while (left > 0 && (read = await connection.Client.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                left -= read;
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It need not say goodbye.
        }
    }

    // A page of another site that found the port sends its own name, or came by a name that leads here (DNS rebinding).
    private bool IsForUs(BrowserRequest request) =>
        request.Headers.TryGetValue("Host", out var host)
        && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var asked) && SecureUrl.IsLoopback(asked) && asked.Port == Address.Port;

    private static byte[] ToBytes(BrowserReply reply)
    {
        var body = reply.Page is null ? [] : Encoding.UTF8.GetBytes(reply.Page.Html);
        var policy = reply.Page is null ? "default-src 'none'" : reply.Page.ContentSecurityPolicy;
        var head = $"HTTP/1.1 {reply.Status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
            + $"{body.Length}\r\nCache-Control: no-store\r\n"
            + $"Content-Security-Policy: {policy}\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nConnection: "
                + $"close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
