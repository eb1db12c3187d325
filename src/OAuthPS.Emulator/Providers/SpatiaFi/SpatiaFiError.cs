using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>FastAPI's errors: <c>detail</c> as text, and for what fails validation as a list (422).</summary>
internal static class SpatiaFiError
{
    /// <summary>An error with a text.</summary>
    public static Answer Of(int status, string detail) => Answer.Json(status, new JsonObject { ["detail"] = detail });

    /// <summary>The documented "Bad Request" of the token endpoints, in words that begin with RFC 6749's error code.</summary>
    public static Answer BadRequest(string error, string description) => Of(400, $"{error}: {description}");

    /// <summary>The documented "Validation Error" for parameters that are missing.</summary>
    public static Answer Missing(params IEnumerable<string> names)
        => Invalid([.. names.Select(name => Problem("field required", "value_error.missing", "body", name))]);

    /// <summary>The same for a value that is not right, at a place such as <c>body</c>, <c>owner_id</c>.</summary>
    public static Answer Invalid(string message, string type, params ReadOnlySpan<JsonNode?> place)
        => Invalid([Problem(message, type, place)]);

    /// <summary>The same for a body that is no JSON: its place is the character at which reading ended.</summary>
    public static Answer NotJson(ReadOnlySpan<byte> body, JsonException malformed)
    {
        var line = (int)(malformed.LineNumber ?? 0);
        var text = Encoding.UTF8.GetString(body);
        var lineStart = text.Split('\n').Take(line).Sum(one => one.Length + 1);
        var column = Encoding.UTF8.GetString(LineAt(body, line)[..(int)(malformed.BytePositionInLine ?? 0)]).Length;
        var position = lineStart + column;
        var message = $"Expecting value: line {line + 1} column {column + 1} (char {position})";
        var problem = Problem(message, "value_error.jsondecode", "body", position);
        problem["ctx"] = new JsonObject
        {
            ["msg"] = "Expecting value",
            ["doc"] = text,
            ["pos"] = position,
            ["lineno"] = line + 1,
            ["colno"] = column + 1,
        };
        return Invalid([problem]);
    }

    /// <summary>No bearer token, or none that is good; why is in the challenge (RFC 6750 section 3).</summary>
    public static Answer Unauthorized(HttpContext context, string reason)
        => Of(401, "Unauthorized").With("WWW-Authenticate", BearerToken.Challenge(context, reason));

    private static Answer Invalid(JsonArray problems) => Answer.Json(422, new JsonObject { ["detail"] = problems });

    private static JsonObject Problem(string message, string type, params ReadOnlySpan<JsonNode?> place)
        => new() { ["loc"] = new JsonArray([.. place]), ["msg"] = message, ["type"] = type };

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> body, int line)
    {
        for (; line > 0; line--)
        {
            body = body[(body.IndexOf((byte)'\n') + 1)..];
        }

        return body;
    }
}
