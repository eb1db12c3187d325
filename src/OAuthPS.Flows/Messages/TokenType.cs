using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>How a token is used, by the <c>token_type</c> of its response.</summary>
internal static class TokenType
{
    // What needs a proof with each call, or another scheme: used as Bearer it would be refused, or be worth less than it is.
    private static readonly HashSet<string> _otherSchemes = new(StringComparer.OrdinalIgnoreCase)
    {
        "DPoP", "mac", "pop", "hok", "N_A", "Basic", "Negotiate", "AWS4-HMAC-SHA256",
    };

    /// <summary>
    /// The type as the <c>Authorization</c> header writes it. RFC 6749 section 7.1 has a client use no token of a type that it does not
    /// know; eBay's is "Application Access Token" and Slack's "bot", and both mean Bearer. So a type that names no other scheme is used as
    /// Bearer, where the token endpoint itself says it and no proof of possession was asked for.
    /// </summary>
    /// <param name="said">What the response says; null when nothing.</param>
    /// <param name="isFromEndpoint">Whether the token endpoint says it, and not a redirect.</param>
    /// <param name="isBound">Whether a token bound to a key was asked for (RFC 9449).</param>
    /// <param name="isExchange">Whether the response is of a token exchange (RFC 8693).</param>
    /// <returns>The type, and whether it was taken for want of a known one; null where the token must not be used.</returns>
    internal static (string Type, bool IsTaken)? Of(string? said, bool isFromEndpoint, bool isBound, bool isExchange)
    {
        var type = said?.Trim() ?? "";
        return type.Length == 0 || Is(TokenTypes.Bearer) ? (TokenTypes.Bearer, false)
            : isBound && Is(TokenTypes.DPoP) ? (TokenTypes.DPoP, false)
            : isExchange && Is(TokenTypes.NotApplicable) ? (TokenTypes.NotApplicable, false)
            : isFromEndpoint && !isBound && !_otherSchemes.Contains(type) && TerminalText.IsHarmless(type) ? (TokenTypes.Bearer, true)
            : null;

        // The case does not matter (RFC 6749 section 5.1).
        bool Is(string known) => type.Equals(known, StringComparison.OrdinalIgnoreCase);
    }
}
