using System.Text;
using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

/// <summary>An emulator of its own for each test, its clock held, asked in literal HTTP.</summary>
public abstract class EmulatorTest : IAsyncLifetime
{
    /// <summary>Basic with <c>oa2-client-id_demo:blynk-secret</c>.</summary>
    protected const string BlynkBasic = "Basic b2EyLWNsaWVudC1pZF9kZW1vOmJseW5rLXNlY3JldA==";

    /// <summary>Basic with <c>space-client:space-secret:with+odd chars&amp;=</c>.</summary>
    protected const string SpaceBasic = "Basic c3BhY2UtY2xpZW50OnNwYWNlLXNlY3JldDp3aXRoK29kZCBjaGFycyY9";

    /// <summary>The vector of Spacebring's documentation: <c>client id:client secret</c>.</summary>
    protected const string SpacebringBasic = "Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=";

    protected FakeTimeProvider Clock { get; } = new(Given.Start);

    protected EmulatorServer Server { get; private set; } = null!;

    protected HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await EmulatorServer.StartAsync(new EmulatorOptions { TimeProvider = Clock });
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Server.BaseAddress };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Sends a request written as HTTP writes it: request line, headers, an empty line, body.</summary>
    protected async Task<Reply> AskAsync(string literal, CancellationToken cancellationToken = default)
    {
        using var request = Request(literal);
        using var response = await Http.SendAsync(request, cancellationToken);
        return await Reply.OfAsync(response);
    }

    /// <summary>Posts a form.</summary>
    protected Task<Reply> PostFormAsync(string target, string form, string? authorization = null)
        => AskAsync($"POST {target}\n{(authorization is null ? "" : $"Authorization: {authorization}\n")}Content-Type: application/x-www-form-urlencoded\n\n{form}");

    /// <summary>Asks an API with a bearer token.</summary>
    protected Task<Reply> GetAsync(string target, string token, params string[] headers)
        => AskAsync(string.Join('\n', [$"GET {target}", $"Authorization: Bearer {token}", .. headers]));

    private static HttpRequestMessage Request(string literal)
    {
        var parts = literal.Split("\n\n", 2);
        var lines = parts[0].Split('\n');
        var line = lines[0].Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(line[0]), line[1]);
        if (parts.Length > 1)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(parts[1]));
        }
        foreach (var header in lines.Skip(1))
        {
            var (name, value) = (header[..header.IndexOf(':')], header[(header.IndexOf(':') + 1)..].Trim());
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }
        return request;
    }
}
