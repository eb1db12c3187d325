using System.Text;
using System.Text.Json;

namespace OAuthPS.Flows.Protocol;

/// <summary>What came from outside, as it may be shown: secrets replaced, control characters gone, a bounded length.</summary>
internal static class WireFormat
{
    private const int MaximumShown = 500;

    // Members of an answer that are no secret by their specification. All others are shown by name only.
    private static readonly HashSet<string> _showable = new(StringComparer.Ordinal)
    {
        "token_type", "expires_in", "expires_at", "scope", "error", "error_description", "error_uri", "interval", "user_id", "client_id", "detail", "issuer",
    };

    /// <summary>The provider's words without the request's secrets, which a hostile or careless server may repeat.</summary>
    internal static string Clean(string words, IEnumerable<string> secrets)
    {
        // The longest first: a secret may contain another.
        foreach (var secret in secrets.Where(s => s.Length > 0).OrderByDescending(s => s.Length))
        {
            words = words.Replace(secret, Secret.Mask, StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(secret), Secret.Mask, StringComparison.OrdinalIgnoreCase)
                .Replace(FormUrlEncoding.Encode(secret), Secret.Mask, StringComparison.OrdinalIgnoreCase);
        }

        var text = new StringBuilder(Math.Min(words.Length, MaximumShown));
        foreach (var rune in words.EnumerateRunes())
        {
            if (text.Length >= MaximumShown)
            {
                text.Append('…');
                break;
            }

            // A terminal obeys escape sequences, bidirectional overrides and line breaks; words do not need them.
            text.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format ? " " : rune.ToString());
        }

        return text.ToString().Trim();
    }

    internal static string Describe(HttpAnswer answer, IEnumerable<string> secrets)
    {
        var head = $"{(int)answer.StatusCode} {answer.MediaType ?? "without a content type"}, {answer.Body.Length} bytes";
        try
        {
            using var document = JsonDocument.Parse(answer.Json.ToArray());
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var members = string.Join(", ", document.RootElement.EnumerateObject().Select(member =>
                    $"{Clean(member.Name, [])}={(_showable.Contains(member.Name) ? member.Value.ToString() : Secret.Mask)}"));
                return members.Length == 0 ? head : $"{head}: {Clean(members, secrets)}";
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a character in it: its size and type say enough, and nothing of it can be told from a secret.
        }

        return head;
    }
}
