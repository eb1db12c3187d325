using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Web;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Benchmarks.Soak;

/// <summary>A sign-in that all the world knocks at before the response comes.</summary>
internal static class ListenerSoak
{
    private const int AtOnce = 32;

    /// <returns>How many connections were made.</returns>
    internal static async Task<int> RunAsync(Uri server, HttpTransport transport, Canary canary, int connections)
    {
        var opened = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = TokenSoak.Request(server) with
        {
            Flow = OAuthFlow.AuthorizationCode,
            SignIn = new() { Timeout = TimeSpan.FromHours(1), OpenBrowser = (url, _) => Task.FromResult(opened.TrySetResult(url)) },
        };
        var signingIn = OAuthConnection.ConnectAsync(request, canary, transport, canary);
        var sent = HttpUtility.ParseQueryString((await opened.Task).Query);
        var port = new Uri(sent["redirect_uri"]!).Port;

        var made = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, connections), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellation) =>
        {
            await KnockAsync(number, port, cancellation);
            Interlocked.Increment(ref made);
        });
        canary.Search(await SendAsync(port, $"GET /?code={Canary.Mark}code&state={sent["state"]} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", CancellationToken.None));
        await signingIn;
        return made;
    }

    private static async Task KnockAsync(int number, int port, CancellationToken cancellationToken)
    {
        var host = $"Host: 127.0.0.1:{port}\r\n";
        var request = (number % 8) switch
        {
            0 => $"GET /?code={Canary.Mark}forged&state=guessed HTTP/1.1\r\n{host}\r\n",
            1 => $"GET /?error=access_denied&error_description={Canary.Mark}x&code={Canary.Mark}x HTTP/1.1\r\n{host}\r\n",
            2 => $"GET /favicon.ico HTTP/1.1\r\n{host}\r\n",
            3 => $"GET / HTTP/1.1\r\n{host}{host}\r\n",
            4 => $"POST / HTTP/1.1\r\n{host}Content-Length: 4\r\n\r\na=b&",
            5 => "\u0016\u0003\u0001\r\n\r\n",
            6 => "GET /?co",
            _ => "",
        };

        // The last two say less than a request, and are gone.
        if (number % 8 < 6)
        {
            await SendAsync(port, request, cancellationToken);
            return;
        }

        using var client = new TcpClient { LingerState = new LingerOption(enable: true, seconds: 0) };
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
    }

    private static async Task<string> SendAsync(int port, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
