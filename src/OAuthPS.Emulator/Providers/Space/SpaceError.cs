using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>The errors of Space's API, by the codes that its SDK tells apart. Those of the token endpoint are RFC 6749's.</summary>
internal static class SpaceError
{
    // By this sentence the SDK knows that asking for a new token is in vain.
    private const string RefreshTokenRevoked = "Refresh token associated with the access token is revoked";

    /// <summary>A parameter of the request has a value that it cannot have.</summary>
    public static Answer Validation(string description) => Of(400, "validation-error", description);

    /// <summary>The token does not carry the permission.</summary>
    public static Answer PermissionDenied(string permission)
        => Of(403, "permission-denied", $"The permission {permission} is not granted.");

    /// <summary>No bearer token, or none that is good; the challenge says so too (RFC 6750 section 3).</summary>
    public static Answer AuthenticationRequired(HttpContext context, string reason)
        => Of(401, "authentication-required", reason == BearerToken.WasRevoked ? RefreshTokenRevoked : reason)
            .With("WWW-Authenticate", BearerToken.Challenge(context, reason));

    /// <summary>What no endpoint answered.</summary>
    public static Answer OfStatus(int status, string reason) => Of(status, Code(status), reason);

    private static string Code(int status) => status switch
    {
        404 => "not-found",
        413 => "payload-too-large",
        500 => "internal-server-error",
        _ => "request-error",
    };

    private static Answer Of(int status, string error, string description)
        => Answer.Json(status, new JsonObject { ["error"] = error, ["error_description"] = description });
}
