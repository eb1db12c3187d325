using System.Net;
using System.Text;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests;

/// <summary>A server made of text: it keeps every request as it would stand on the wire, and plays the responses written down for it.</summary>
internal sealed class Wire : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _script = new();
    private readonly List<string> _requests = [];
    private Func<string, string>? _otherwise;

    internal Wire() => Transport = new HttpTransport(new HttpMessageInvoker(this), Clock, Chance);

    internal FixedChance Chance { get; } = new();

    internal FakeTimeProvider Clock { get; } = new(Given.Start);

    internal HttpTransport Transport { get; }

    internal RecordingLog Log { get; } = new();

    /// <summary>Told of each request.</summary>
    internal Happening Happened { get; } = new();

    /// <summary>Method and target, headers without User-Agent, an empty line, the body; lines end with \n.</summary>
    internal IReadOnlyList<string> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    internal string LastRequest => Requests[^1];

    /// <summary>Answers to come, each as it would stand on the wire.</summary>
    internal Wire Answers(params string[] literals)
    {
        foreach (var literal in literals)
            Enqueue(_ => Task.FromResult(Parse(literal)));
        return this;
    }

    /// <summary>A response that is given when the test says so.</summary>
    internal Wire AnswersAfter(Task signal, string literal) => Enqueue(async cancellation =>
    {
        await signal.WaitAsync(cancellation);
        return Parse(literal);
    });

    internal Wire Fails(Exception failure) => Enqueue(_ => Task.FromException<HttpResponseMessage>(failure));

    internal Wire Answers(HttpResponseMessage response) => Enqueue(_ => Task.FromResult(response));

    /// <summary>The response to every request that nothing is written down for.</summary>
    internal Wire Otherwise(Func<string, string> response)
    {
        _otherwise = response;
        return this;
    }

    internal Task<OAuthSession> ConnectAsync(ConnectRequest request, CancellationToken cancellation = default) =>
        OAuthConnection.ConnectAsync(request, Transport, Log, cancellation);

    /// <summary>Lets time pass until something is done, however often it is tried again.</summary>
    internal async Task<T> PassTimeUntilAsync<T>(Task<T> doing)
    {
        while (await Task.WhenAny(doing, Task.Delay(TimeSpan.FromMilliseconds(1))) != doing)
            Clock.Advance(TimeSpan.FromMilliseconds(250));
        return await doing;
    }

    internal static string Json(string body, string status = "200 OK") => $"HTTP/1.1 {status}\nContent-Type: application/json\n\n{body}";

    internal static HttpResponseMessage Parse(string literal)
    {
        var (head, body) = literal.Split("\n\n", 2) is [var h, var b] ? (h, b) : (literal.TrimEnd('\n'), "");
        var lines = head.Split('\n');
        var status = lines[0].Split(' ', 3);
        var response = new HttpResponseMessage((HttpStatusCode)int.Parse(status[1], System.Globalization.CultureInfo.InvariantCulture))
        {
            ReasonPhrase = status.Length > 2 ? status[2] : "",
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        foreach (var line in lines.Skip(1))
        {
            var (name, value) = line.Split(": ", 2) is [var n, var v] ? (n, v) : (line, "");
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = await RenderAsync(request, cancellationToken);
        Func<CancellationToken, Task<HttpResponseMessage>>? next;
        lock (_gate)
        {
            _requests.Add(text);
            _script.TryDequeue(out next);
        }

        Happened.Tell();

        if (next is not null)
            return await next(cancellationToken);
        return _otherwise is not null ? Parse(_otherwise(text)) : throw new NotSupportedException($"No response is written down for:\n{text}");
    }

    private static async Task<string> RenderAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var text = new StringBuilder($"{request.Method} {request.RequestUri!.AbsoluteUri}\n");
        foreach (var header in request.Headers.NonValidated.Where(header => header.Key != "User-Agent"))
            text.Append($"{header.Key}: {header.Value}\n");
        if (request.Content is not null)
        {
            foreach (var header in request.Content.Headers.NonValidated)
                text.Append($"{header.Key}: {header.Value}\n");
        }

        text.Append('\n');
        return text.Append(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellation)).ToString();
    }

    private Wire Enqueue(Func<CancellationToken, Task<HttpResponseMessage>> response)
    {
        lock (_gate)
            _script.Enqueue(response);
        return this;
    }
}
