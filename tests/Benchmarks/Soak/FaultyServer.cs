using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OAuthPS.Benchmarks.Soak;

/// <summary>
/// A token endpoint in a process of its own that fails in every way a server and the network before it do, until it is told to stop that.
/// Refresh tokens can be used once; the one before is good until the new one is used (RFC 9700 section 4.14.2 leaves that to the server),
/// so that a session whose answer was lost on the way can go on. Every secret it makes up has the canary's mark.
/// </summary>
internal static class FaultyServer
{
    internal const int FaultsPerMille = 80;

    private static readonly ConcurrentDictionary<string, Chain> _chains = new();
    private static readonly Random _chance = Random.Shared;
    private static long _serial;
    private static long _faults;
    private static volatile bool _isFaulty = true;

    internal static async Task RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var application = builder.Build();
        application.Run(AnswerAsync);
        await application.StartAsync();
        Console.WriteLine(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await Console.In.ReadToEndAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/calm":
                _isFaulty = false;
                await WriteAsync(context, 200, $"{{\"faults\":{Interlocked.Read(ref _faults)}}}");
                break;
            case "/silent/token":
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "/device":
                await WriteAsync(context, 200, $$"""{"device_code":"{{Canary.Mark}}device","user_code":"ABCD","verification_uri":"https://login.example.com/device","expires_in":600}""");
                break;
            default:
                await GrantAsync(context);
                break;
        }
    }

    private static async Task GrantAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var fault = _isFaulty && _chance.Next(1000) < FaultsPerMille ? _chance.Next(10) : -1;
        if (fault >= 0)
        {
            Interlocked.Increment(ref _faults);
        }

        switch (fault)
        {
            case 0:
                context.Abort();
                return;
            case 1:
                await WriteAsync(context, 503, "");
                return;
            case 2:
                await WriteAsync(context, 500, $$"""{"error":"server_error","error_description":"Failed on {{form["refresh_token"]}} of {{form["client_secret"]}}"}""");
                return;
            case 3:
                context.Response.Headers.RetryAfter = "0";
                await WriteAsync(context, 429, """{"error":"slow_down"}""");
                return;
            case 4:
                await WriteAsync(context, 400, $"<p>{form["client_secret"]}");
                return;
        }

        if (Response(form) is not { } response)
        {
            await WriteAsync(context, 400, """{"error":"invalid_grant"}""");
            return;
        }

        // From here on a refresh token may be used up, and the response is lost.
        switch (fault)
        {
            case 5:
                context.Abort();
                return;
            case 6:
                context.Response.ContentLength = response.Length + 100;
                await context.Response.WriteAsync(response);
                context.Abort();
                return;
            case 7:
                await WriteAsync(context, 200, response[..^20]);
                return;
            case 8:
                await WriteAsync(context, 200, response.Replace("\"access_token\"", "\"token\"", StringComparison.Ordinal));
                return;
            case 9:
                await WriteAsync(context, 502, "<html>Bad Gateway");
                return;
            default:
                await WriteAsync(context, 200, response);
                return;
        }
    }

    private static string? Response(IFormCollection form)
    {
        var access = $"{Canary.Mark}access_{Interlocked.Increment(ref _serial)}";
        if (form["grant_type"] != "refresh_token")
        {
            return JsonSerializer.Serialize(new { access_token = access, token_type = "Bearer", expires_in = 3600 });
        }

        // "mark name number": the chain of a session, and where in it.
        var parts = form["refresh_token"].ToString().Split('-');
        var next = _chains.GetOrAdd(parts[1], _ => new Chain()).Use(int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
        return next is null ? null : JsonSerializer.Serialize(new { access_token = access, token_type = "Bearer", expires_in = 3600, refresh_token = $"{Canary.Mark}refresh-{parts[1]}-{next}" });
    }

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body.StartsWith('<') ? "text/html" : "application/json";
        return context.Response.WriteAsync(body);
    }

    private sealed class Chain
    {
        private readonly Lock _gate = new();
        private int _current;

        // The current one, or the one before as long as its successor has not been seen.
        internal int? Use(int number)
        {
            lock (_gate)
            {
                if (number < _current - 1 || number > _current)
                {
                    return null;
                }

                _current = number == _current ? _current + 1 : _current;
                return _current;
            }
        }
    }
}
