using System.Globalization;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Parameters;

/// <summary>A token as people copy it: with the header it stood in, in quotes, broken over lines.</summary>
internal static class PastedToken
{
    // Longer than any that is read.
    private const int LongestText = 2 * 1024 * 1024;

    private static readonly string[] _before = ["Authorization:", "Bearer ", "DPoP "];

    /// <summary>The token alone: none has a space, a line break or a quote in it (RFC 6750 section 2.1).</summary>
    internal static Secret Clean(Secret pasted)
    {
        var text = pasted.Reveal();
        if (text.Length > LongestText)
        {
            return pasted;
        }

        var token = text.Trim().Trim('"', '\'', '`').Trim();
        foreach (var words in _before.Where(words => token.StartsWith(words, StringComparison.OrdinalIgnoreCase)))
        {
            token = token[words.Length..].Trim().Trim('"', '\'', '`').TrimStart();
        }

        token = string.Concat(token.Where(IsVisible));
        return token.Length == 0 || token == text ? pasted : new Secret(token);
    }

    private static bool IsVisible(char character) =>
        !char.IsWhiteSpace(character) && !char.IsControl(character) && char.GetUnicodeCategory(character) != UnicodeCategory.Format;
}
