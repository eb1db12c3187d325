using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>The error answers of a token endpoint (RFC 6749 section 5.2).</summary>
internal static class OAuthError
{
    public static Answer InvalidRequest(string description) => Of(400, "invalid_request", description);

    public static Answer InvalidGrant(string description) => Of(400, "invalid_grant", description);

    public static Answer InvalidScope(string description) => Of(400, "invalid_scope", description);

    public static Answer UnauthorizedClient(string description) => Of(400, "unauthorized_client", description);

    public static Answer UnsupportedGrantType()
        => Of(400, "unsupported_grant_type", "The authorization server does not support this grant_type.");

    public static Answer Missing(string parameter) => InvalidRequest($"The parameter {parameter} is missing.");

    /// <summary>RFC 6749 sections 3.1 and 3.2: a parameter must not be included more than once.</summary>
    public static Answer Doubled(string parameter) => InvalidRequest($"The parameter {parameter} is included more than once.");

    /// <summary>Every 401 names a scheme (RFC 9110 section 15.5.2), also where the credentials were not in a header.</summary>
    public static Answer InvalidClient(string description)
        => Of(401, "invalid_client", description).With("WWW-Authenticate", "Basic realm=\"OAuthPS emulator\", charset=\"UTF-8\"");

    public static Answer Of(int status, string error, string description)
        => Answer.Json(status, new JsonObject { ["error"] = error, ["error_description"] = description }).With("Cache-Control", "no-store");
}
