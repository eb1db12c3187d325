using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OAuthPS.Benchmarks;

/// <summary>
/// A token endpoint on loopback that reads the request and gives the same response to everyone, and an API whose lists and files are as
/// long as asked for: what is measured against it is the client. The emulator checks and records, and so costs more than the clients that are compared.
/// </summary>
public sealed class TokenServer : IAsyncDisposable
{
    /// <summary>About what a JWT of a real server has.</summary>
    internal const int TokenLength = 900;

    private const int WarmUp = 20_000;

    /// <summary>The response.</summary>
    public static ReadOnlyMemory<byte> Response { get; } = Encoding.UTF8.GetBytes(
        $$"""{"access_token":"{{new string('t', TokenLength)}}","token_type":"Bearer","expires_in":3600,"scope":"{{Given.Scope}}"}""");

    private static readonly ConcurrentDictionary<int, byte[]> _items = new();

    private static readonly byte[] _mebibyte = new byte[1024 * 1024];

    private readonly WebApplication _application;

    private TokenServer(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<TokenServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Run(AnswerAsync);
        await application.StartAsync().ConfigureAwait(false);
        return new TokenServer(application);
    }

    /// <summary>
    /// Answers until its own code is compiled as well as it will be, so that what is measured afterwards is the client: until then
    /// every peer waits for the server's compiler, too.
    /// </summary>
    internal async Task WarmUpAsync()
    {
        using var client = new HttpClient();
        for (var i = 0; i < WarmUp; i++)
        {
            using var response = await client.PostAsync(Url, Given.Form()).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static ReadOnlyMemory<byte> Items(string? count) =>
        _items.GetOrAdd(int.Parse(count!, CultureInfo.InvariantCulture), ApiItems.Of);

    private static async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null).ConfigureAwait(false);
        if (context.Request.Path == "/api/file")
        {
            await SendFileAsync(context, int.Parse(context.Request.Query["mebibytes"]!, CultureInfo.InvariantCulture)).ConfigureAwait(false);
            return;
        }

        var body = context.Request.Path == "/api/items" ? Items(context.Request.Query["count"]) : Response;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body).ConfigureAwait(false);
    }

    private static async Task SendFileAsync(HttpContext context, int mebibytes)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = (long)mebibytes * _mebibyte.Length;
        for (var i = 0; i < mebibytes; i++)
            await context.Response.Body.WriteAsync(_mebibyte).ConfigureAwait(false);
    }
}
