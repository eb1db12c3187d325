using System.Diagnostics.CodeAnalysis;

namespace OAuthPS.Emulator;

/// <summary>A bearer token in the Authorization header (RFC 6750 section 2.1), and why it is refused.</summary>
internal static class BearerToken
{
    /// <summary>The reason to refuse a token whose grant was ended.</summary>
    public const string WasRevoked = "The access token was revoked.";

    private const string Scheme = "Bearer";

    /// <summary>Finds the request's token, or the reason to refuse it in words.</summary>
    public static bool TryFind(
        HttpContext context, AccessTokens tokens, [NotNullWhen(true)] out AccessToken? token, out string refusal, string scheme = Scheme)
    {
        token = null;
        refusal = context.Request.Headers.Authorization switch
        {
            [] => "The Authorization header is missing.",
            [{ } header] when header.StartsWith(scheme + " ", StringComparison.OrdinalIgnoreCase)
                => Refusal(tokens.Find(header[scheme.Length..].Trim(), out token)),
            [_] => "The Authorization header carries no bearer token.",
            _ => "There is more than one Authorization header.",
        };
        token = refusal.Length > 0 ? null : token;
        return token is not null;
    }

    /// <summary>
    /// The challenge of a resource server; to a request without credentials it names the scheme only (RFC 6750 section 3.1).
    /// </summary>
    public static string Challenge(HttpContext context, string reason)
        => BasicCredentials.AreOffered(context) ? $"Bearer error=\"invalid_token\", error_description=\"{reason}\"" : "Bearer";

    /// <summary>The answer of an RFC 6750 resource server.</summary>
    public static Answer Refuse(HttpContext context, string reason)
        => OAuthError.Of(401, BasicCredentials.AreOffered(context) ? "invalid_token" : "unauthorized", reason)
            .With("WWW-Authenticate", Challenge(context, reason));

    private static string Refusal(TokenState state) => state switch
    {
        TokenState.Valid => "",
        TokenState.Expired => "The access token expired.",
        TokenState.Revoked => WasRevoked,
        _ => "The access token is not known.",
    };
}
