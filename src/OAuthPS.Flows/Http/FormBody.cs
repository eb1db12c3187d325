using System.Net;
using System.Text;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Http;

/// <summary>
/// A form-encoded body (application/x-www-form-urlencoded) in the place of a JSON object, as some servers answer whatever they are asked to
/// accept.
/// </summary>
internal static class FormBody
{
    private const int MaximumParameters = 200;

    // A page, a sentence or damaged JSON has one of these; a form has none.
    private const string NeverInForms = "<>\"{}\\^`";

    /// <returns>
    /// The parameters as a JSON object of texts, in their order and as often as they come; null when the body is no form.
    /// </returns>
    internal static byte[]? ToJson(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.Latin1.GetString(body.Span).Trim();
        if (!text.Contains('=', StringComparison.Ordinal)
            || text.Any(character => character is <= ' ' or > '~' || NeverInForms.Contains(character, StringComparison.Ordinal)))
        {
            return null;
        }

        var pairs = text.Split('&', MaximumParameters + 1, StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToList();
        return pairs.Count > MaximumParameters || pairs.Any(pair => pair.Length < 2 || pair[0].Length == 0)
            ? null
            : Encoding.UTF8.GetBytes(JsonText.Object(members =>
        {
            foreach (var pair in pairs)
            {
                members.WriteString(WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair[1]));
            }
        }));
    }
}
