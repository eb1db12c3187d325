using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Secrets;

/// <summary>Takes secrets out of a server's words, in whatever form a hostile or careless server repeats them.</summary>
internal static partial class Redaction
{
    // A server may escape what another has escaped already; nobody does so more often.
    private const int MaximumDepth = 3;

    // Any few bytes of base64 decode to a text that holds any one letter: below this a find says nothing.
    private const int ShortestInBase64 = 4;

    // To replace a short secret in the middle of ordinary words would tell what it is.
    private const int ShortestToReplace = 8;

    // Without one of these there is nothing to unescape.
    private static readonly SearchValues<char> _escapes = SearchValues.Create("\\&%+");

    internal static string Redact(string words, IReadOnlyCollection<string> secrets)
    {
        // No form of a secret is shorter than the secret, and to undo an escape makes words shorter: what is longer than they are is
        // not in them.
        if (secrets.All(secret => secret.Length == 0 || secret.Length > words.Length))
        {
            return words;
        }

        if (secrets.Any(secret => secret.Length is > 0 and < ShortestToReplace && words.Contains(secret, StringComparison.OrdinalIgnoreCase)))
        {
            return Secret.Mask;
        }

        // The longest first: a secret may contain another. The case never matters: a host name comes back in lower case.
        var length = words.Length;
        foreach (var secret in secrets.Where(s => s.Length > 0 && s.Length <= length).OrderByDescending(s => s.Length))
        {
            words = words.Replace(secret, Secret.Mask, StringComparison.OrdinalIgnoreCase);
            if (words.AsSpan().ContainsAny('%', '+'))
            {
                words = words.Replace(Uri.EscapeDataString(secret), Secret.Mask, StringComparison.OrdinalIgnoreCase)
                    .Replace(FormUrlEncoding.Encode(secret), Secret.Mask, StringComparison.OrdinalIgnoreCase);
            }

            // Four characters for each three bytes or a part of them.
            if ((secret.Length + 2) / 3 * 4 <= words.Length)
            {
                words = words.Replace(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Secret.Mask, StringComparison.Ordinal);
            }
        }

        // Escaped in a way of the server's own: where it begins and ends in the words is not worth finding out.
        return Unescaped(words).Any(text => Holds(text, secrets, 1) || HoldsInBase64(text, secrets))
            ? Secret.Mask
            : words;
    }

    private static bool Holds(string text, IReadOnlyCollection<string> secrets, int shortest) =>
        secrets.Any(secret => secret.Length >= shortest && text.Contains(secret, StringComparison.OrdinalIgnoreCase));

    private static bool HoldsInBase64(string text, IReadOnlyCollection<string> secrets)
    {
        foreach (var run in Base64Run().EnumerateMatches(text))
        {
            // Three quarters of it at most are what it encodes.
            var longest = run.Length * 3 / 4;
            if (secrets.Any(secret => secret.Length >= ShortestInBase64 && secret.Length <= longest)
                && FromBase64(text.Substring(run.Index, run.Length)).Any(decoded => Holds(decoded, secrets, ShortestInBase64)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Unescaped(string words)
    {
        if (!words.AsSpan().ContainsAny(_escapes))
        {
            yield return words;
            yield break;
        }

        for (var depth = 0; depth < MaximumDepth; depth++)
        {
            var before = words;
            yield return words = JsonEscape().Replace(words, UnescapeJson);
            yield return words = WebUtility.HtmlDecode(words);
            yield return WebUtility.UrlDecode(words);
            yield return words = Uri.UnescapeDataString(words);
            if (words == before)
            {
                yield break;
            }
        }
    }

    private static string UnescapeJson(Match escape) => escape.Value[1] switch
    {
        'u' => ((char)Convert.ToUInt16(escape.Value[2..], 16)).ToString(),
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        var character => character.ToString(),
    };

    // A secret may stand anywhere in what was encoded, and the run of characters may begin before it.
    private static IEnumerable<string> FromBase64(string run) =>
        from start in Enumerable.Range(0, 4)
        let characters = run[start..].Replace('-', '+').Replace('_', '/')
        let whole = characters[..(characters.Length - (characters.Length % 4 == 1 ? 1 : 0))]
        select Encoding.UTF8.GetString(Convert.FromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '=')));

    [GeneratedRegex("""\\(u[0-9A-Fa-f]{4}|["\\/bfnrt])""")]
    private static partial Regex JsonEscape();

    [GeneratedRegex("[A-Za-z0-9+/_-]{6,}")]
    private static partial Regex Base64Run();
}
