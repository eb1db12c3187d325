using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace OAuthPS.Emulator;

/// <summary>A bearer token in the Authorization header (RFC 6750 section 2.1), and why it is refused.</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>Finds the grant of the request's token, or the reason to refuse it in words.</summary>
    public static bool TryFind(HttpContext context, AccessTokens tokens, [NotNullWhen(true)] out Grant? grant, out string refusal)
    {
        grant = null;
        refusal = "";
        if (context.Request.Headers.Authorization is not [{ } header])
            refusal = context.Request.Headers.Authorization.Count == 0 ? "The Authorization header is missing." : "There is more than one Authorization header.";
        else if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            refusal = "The Authorization header carries no bearer token.";
        else
        {
            refusal = tokens.Find(header[Scheme.Length..].Trim(), out grant) switch
            {
                TokenState.Valid => "",
                TokenState.Expired => "The access token expired.",
                TokenState.Revoked => "The access token was revoked.",
                _ => "The access token is not known.",
            };
        }
        if (refusal.Length > 0)
            grant = null;
        return grant is not null;
    }

    /// <summary>The answer of an RFC 6750 resource server; one without a token is told the scheme only (section 3.1).</summary>
    public static Answer Refuse(HttpContext context, string reason)
        => BasicCredentials.AreOffered(context)
            ? OAuthError.Of(401, "invalid_token", reason).With("WWW-Authenticate", $"Bearer error=\"invalid_token\", error_description=\"{reason}\"")
            : OAuthError.Of(401, "unauthorized", reason).With("WWW-Authenticate", "Bearer");
}
