using System.Text.Json;

namespace OAuthPS.Flows.Jose;

/// <summary>Which of a server's keys may have signed a token (OpenID Connect Core 1.0 section 10.1).</summary>
internal static class JwkChoice
{
    // Each is tried, and what is tried costs time: nobody has more of them in use.
    private const int MaximumTried = 16;

    /// <param name="keys">The keys that the server publishes.</param>
    /// <param name="keyId">The <c>kid</c> of the token; null where it has none.</param>
    /// <param name="algorithm">Its algorithm.</param>
    /// <returns>The one that is named, or the only one; else those that fit and have no name of their own.</returns>
    internal static IReadOnlyList<JsonElement> Of(IReadOnlyList<JsonElement> keys, string? keyId, string algorithm)
    {
        if (keyId is not null && keys.Any(key => IsNamed(key, keyId)))
        {
            // Two of one name are none: the server does not say which.
            return keys.Where(key => IsNamed(key, keyId) && JwkFit.Is(key, algorithm)).Take(2).ToList() is [var named] ? [named] : [];
        }

        // Section 10.1 wants a kid where there are several keys. Large servers leave it out of the keys, of the tokens, or of both:
        // whichever key it is, the server publishes it, and the signature says whether it is this one.
        List<JsonElement> unnamed =
            [.. keys.Where(key => JsonWebSignature.Text(key, "kid") is null && JwkFit.Is(key, algorithm)).Take(MaximumTried)];
        return keyId is null && unnamed.Count == 0 && keys.Where(key => JwkFit.Is(key, algorithm)).Take(2).ToList() is [var only]
            ? [only]
            : unnamed;
    }

    /// <summary>Whether a key is the one of this name.</summary>
    internal static bool IsNamed(JsonElement key, string? keyId) => keyId is not null && JsonWebSignature.Text(key, "kid") == keyId;
}
