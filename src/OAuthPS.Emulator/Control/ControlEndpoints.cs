using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace OAuthPS.Emulator;

/// <summary>What a test or a person can read and set over HTTP. Not part of any provider, and not in the journal.</summary>
internal sealed class ControlEndpoints(
    EmulatorSettings settings, Journal journal, FaultQueue faults, IReadOnlyList<Provider> providers, IReadOnlyList<Rehearsal> rehearsals)
{
    public const string PathBase = "/_emulator";

    // A misspelt member would otherwise be a fault that never strikes.
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/_emulator", (HttpContext context) => Results.Json(ProviderBases.Of(context.Request), _json));
        foreach (var rehearsal in rehearsals)
        {
            endpoints.MapGet(
                $"/_emulator/providers/{rehearsal.Provider.Name}",
                (HttpContext context) => Results.Text(rehearsal.Endpoints.FileFor(context.Request), MediaType.Json));
        }

        endpoints.MapGet("/_emulator/journal", () => Results.Json(journal.Entries, _json));
        endpoints.MapDelete("/_emulator/journal", () => Done(journal.Clear));
        endpoints.MapPost("/_emulator/faults", AddFaultAsync);
        endpoints.MapDelete("/_emulator/faults", () => Done(faults.Clear));
        endpoints.MapGet("/_emulator/settings", () => Results.Json(SettingsDocument.Of(settings), _json));
        endpoints.MapPut("/_emulator/settings", ChangeSettingsAsync);
        endpoints.MapPost("/_emulator/expire", () => Done(ExpireAll));
    }

    private static IResult Done(Action action)
    {
        action();
        return Results.NoContent();
    }

    private void ExpireAll()
    {
        foreach (var provider in providers)
        {
            provider.AccessTokens.ExpireAll();
        }
    }

    private Task AddFaultAsync(HttpContext context) => ReadAsync<Fault>(context, fault =>
    {
        faults.Add(fault);
        return Results.NoContent();
    });

    private Task ChangeSettingsAsync(HttpContext context) => ReadAsync<JsonElement>(context, document =>
    {
        SettingsDocument.Apply(document, settings);
        return Results.Json(SettingsDocument.Of(settings), _json);
    });

    private static async Task ReadAsync<T>(HttpContext context, Func<T, IResult> use)
    {
        IResult result;
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, _json, context.RequestAborted);
            result = value is null ? Refuse("The body is null.") : use(value);
        }
        catch (Exception unusable) when (unusable is JsonException or ArgumentException)
        {
            result = Refuse(unusable.Message);
        }

        await result.ExecuteAsync(context);
    }

    private static Answer Refuse(string reason) => OAuthError.InvalidRequest(reason);
}
