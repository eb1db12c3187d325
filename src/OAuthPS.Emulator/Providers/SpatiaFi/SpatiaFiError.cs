using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OAuthPS.Emulator;

/// <summary>FastAPI's errors: <c>detail</c> as text, and for what fails validation as a list (422).</summary>
internal static class SpatiaFiError
{
    public static Answer Of(int status, string detail) => Answer.Json(status, new JsonObject { ["detail"] = detail });

    /// <summary>The documented "Bad Request" of the token endpoints, in words that begin with RFC 6749's error code.</summary>
    public static Answer BadRequest(string error, string description) => Of(400, $"{error}: {description}");

    /// <summary>The documented "Validation Error" for parameters that are missing.</summary>
    public static Answer Missing(params ReadOnlySpan<string> names)
    {
        var detail = new JsonArray();
        foreach (var name in names)
            detail.Add(Problem("body", name, "field required", "value_error.missing"));
        return Answer.Json(422, new JsonObject { ["detail"] = detail });
    }

    public static Answer Invalid(string place, string name, string message, string type)
        => Answer.Json(422, new JsonObject { ["detail"] = new JsonArray(Problem(place, name, message, type)) });

    /// <summary>No bearer token, or none that is good; why is in the challenge (RFC 6750 section 3).</summary>
    public static Answer Unauthorized(HttpContext context, string reason)
        => Of(401, "Unauthorized").With(
            "WWW-Authenticate",
            BasicCredentials.AreOffered(context) ? $"Bearer error=\"invalid_token\", error_description=\"{reason}\"" : "Bearer");

    private static JsonObject Problem(string place, string name, string message, string type)
        => new() { ["loc"] = new JsonArray(place, name), ["msg"] = message, ["type"] = type };
}
