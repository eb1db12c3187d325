namespace OAuthPS.Emulator;

/// <summary>Why a rehearsed server refuses, before its dialect gives it a form.</summary>
/// <param name="Error">The error code of the specification.</param>
/// <param name="Description">The reason, in words.</param>
internal sealed record OAuthRefusal(string Error, string Description)
{
    public const string InvalidClient = "invalid_client";
    public const string InvalidToken = "invalid_token";

    /// <summary>The errors that there are (RFC 6749 section 5.2, RFC 8628 section 3.5, RFC 6750 section 3.1).</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "invalid_request", InvalidClient, "invalid_grant", "invalid_scope", "unsupported_grant_type",
        "authorization_pending", "access_denied", "expired_token", InvalidToken,
    ];

    /// <summary>The status that the specifications have for it.</summary>
    public int Status => Error is InvalidClient or InvalidToken ? 401 : 400;

    public static OAuthRefusal Missing(string parameter) => new("invalid_request", $"The parameter {parameter} is missing.");
}
