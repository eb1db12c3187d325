using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>
/// The errors of Spacebring's API: <c>{"message","type"}</c>. What <c>type</c> may say is not documented; these are the status's own
/// words. Those of the OAuth endpoints are RFC 6749's.
/// </summary>
internal static class SpacebringError
{
    /// <summary>An error, its type by its status.</summary>
    public static Answer Of(int status, string message)
        => Answer.Json(status, new JsonObject { ["message"] = message, ["type"] = TypeOf(status) });

    /// <summary>The access token has not the scope that an operation requires.</summary>
    public static Answer Forbidden(string resource, bool write)
        => Of(403, $"Required scopes: {(write ? resource : $"{resource}.readonly or {resource}")}.");

    private static string TypeOf(int status) => status switch
    {
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        413 => "payload_too_large",
        500 => "internal_server_error",
        _ => "bad_request",
    };
}
