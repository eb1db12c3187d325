using System.Text.Json;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// A refusal with the status of a success, as GitHub, Slack and others send it. Asked of a response that lacks what it should bring.
/// </summary>
internal static class RefusalInSuccess
{
    private static readonly string[] _numbers = ["errcode", "error_code", "errno", "code", "ret"];
    private static readonly string[] _isGood = ["ok", "success"];
    private static readonly string[] _states = ["status", "message", "result", "stat"];
    private static readonly string[] _no = ["error", "fail", "failed", "failure"];

    /// <returns>The refusal with the server's words; null when the response is none.</returns>
    internal static OAuthServerException? Find(HttpResponse response, OAuthRequest request, JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && IsRefusal(json) ? response.Refusal(request) : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character in a text of it.
            return null;
        }
    }

    private static bool IsRefusal(JsonElement json) =>
        (json.TryGetProperty("error", out var error) && IsSaid(error))
        || Text(json, "error_description") is not null
        || _isGood.Any(name => json.TryGetProperty(name, out var good) && good.ValueKind == JsonValueKind.False)
        || _states.Any(name => Text(json, name) is { } state && _no.Contains(state, StringComparer.OrdinalIgnoreCase))
        || _numbers.Any(
            name => json.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number
                && number.GetRawText() != "0" && !IsStatusOfSuccess(number));

    private static bool IsSaid(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.GetString()!.Length > 0,
        JsonValueKind.Number => error.GetRawText() != "0",
        JsonValueKind.Object or JsonValueKind.True => true,
        JsonValueKind.Array => error.GetArrayLength() > 0,
        _ => false,
    };

    private static bool IsStatusOfSuccess(JsonElement number) => number.TryGetInt32(out var status) && status is >= 200 and <= 299;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
