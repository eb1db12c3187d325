using System.Text;

namespace OAuthPS.Flows.Http;

/// <summary>
/// What a challenge says of a refusal (RFC 6750 section 3): <c>error</c> and <c>error_description</c> among its parameters (RFC 9110
/// section 11.6.1).
/// </summary>
internal static class ErrorChallenge
{
    private const int MaximumLookedAt = 8 * 1024;

    /// <param name="challenges">The values of <c>WWW-Authenticate</c>.</param>
    internal static (string? Error, string? Description) In(IReadOnlyList<string> challenges)
    {
        string? error = null, description = null;
        foreach (var (name, value) in challenges.SelectMany(Parameters).Where(parameter => parameter.Value.Length > 0))
        {
            if (name.Equals("error", StringComparison.OrdinalIgnoreCase))
            {
                error ??= value;
            }
            else if (name.Equals("error_description", StringComparison.OrdinalIgnoreCase))
            {
                description ??= value;
            }
        }

        return (error, description);
    }

    // A scheme, or the one token after it, has no equals sign behind it, or nothing behind that.
    private static IEnumerable<(string Name, string Value)> Parameters(string challenge)
    {
        var text = challenge.Length > MaximumLookedAt ? challenge[..MaximumLookedAt] : challenge;
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            while (at < text.Length && IsToken(text[at]))
            {
                at++;
            }

            if (at == start)
            {
                at++;
                continue;
            }

            var name = text[start..at];
            var equals = at;
            while (equals < text.Length && text[equals] == ' ')
            {
                equals++;
            }

            if (equals < text.Length && text[equals] == '=')
            {
                yield return (name, Value(text, equals + 1, out at));
            }
        }
    }

    private static string Value(string text, int at, out int end)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var value = new StringBuilder();
        if (at == text.Length || text[at] != '"')
        {
            for (; at < text.Length && IsToken(text[at]); at++)
            {
                value.Append(text[at]);
            }

            end = at;
            return value.ToString();
        }

        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            value.Append(text[at]);
        }

        end = at + 1;
        return value.ToString();
    }

    // RFC 9110 section 5.6.2.
    private static bool IsToken(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal);
}
