using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// A refusal with the status of a success, as GitHub, Slack and others send it. Asked of a response that lacks what it should bring.
/// </summary>
internal static class RefusalInSuccess
{
    private static readonly string[] _words = [
        "error_description",
        "msg",
        "message",
        "errmsg",
        "error_msg",
        "error_message",
        "errorMessage",
        "errorSummary",
        "description",
        "reason",
        "detail",
        "title"];
    private static readonly string[] _numbers = ["errcode", "error_code", "errno", "code", "ret"];
    private static readonly string[] _isGood = ["ok", "success"];
    private static readonly string[] _states = ["status", "message", "result", "stat"];
    private static readonly string[] _no = ["error", "fail", "failed", "failure"];

    /// <returns>The refusal with the server's words; null when the response is none.</returns>
    internal static OAuthServerException? Find(HttpResponse response, OAuthRequest request, JsonElement json)
    {
        try
        {
            if (json.ValueKind != JsonValueKind.Object || !IsRefusal(json))
            {
                return null;
            }

            if (ShownResponse.SecretsOf(json) is not { } own)
            {
                return response.Refusal(request, new ErrorResponse(null, null));
            }

            string[] secrets = [.. request.Secrets, .. own];
            var error = Text(json, "error") ?? (Member(json, "error") is { } nested ? Text(nested, "code") ?? Text(nested, "type") : null);
            var description = _words.Select(name => Words(json, name))
                .FirstOrDefault(words => words is not null && words != error && !_no.Contains(words, StringComparer.OrdinalIgnoreCase));
            return response.Refusal(request, new ErrorResponse(Clean(error, secrets), Clean(description, secrets)));
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

    // At the top, in the error itself, or in what would have the token.
    private static string? Words(JsonElement json, string name) =>
        (Member(json, "error") is { } error ? Text(error, name) : null) ?? Text(json, name)
            ?? (Member(json, "data") is { } data ? Text(data, name) : null);

    private static JsonElement? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;

    private static string? Clean(string? words, string[] secrets) => words is null ? null : WireFormat.Clean(words, secrets);
}
