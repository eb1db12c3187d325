using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Secrets;

/// <summary>What came from outside, as it may be shown: secrets replaced, control characters gone, a bounded length.</summary>
internal static class WireFormat
{
    private const int MaximumShown = 500;

    // Characters. To look for secrets costs time for each of them, and a person reads the first few hundred.
    private const int MaximumLookedAt = 64 * 1024;

    // An answer of the protocol has two or three. Each of them is looked for.
    private const int MaximumSecrets = 50;

    // Members of an answer that are no secret by their specification, where they are one value: what a server nests in one of them the
    // specification does not know. All others are shown by name only.
    private static readonly HashSet<string> _showable = new(StringComparer.Ordinal)
    {
        "token_type", "expires_in", "expires_at", "scope", "error", "error_description", "error_uri", "interval", "user_id", "client_id", "detail", "issuer",
    };

    private static readonly string[] _secretNames = ["token", "secret", "password", "device_code"];

    // Any other media type may be made up of what the server was sent.
    private static readonly HashSet<string> _mediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/json", "application/problem+json", "application/xml", "application/octet-stream", "text/html", "text/plain", "text/xml",
    };

    /// <summary>The provider's words without the request's secrets, which a hostile or careless server may repeat.</summary>
    internal static string Clean(string words, IEnumerable<string> secrets, int maximum = MaximumShown)
    {
        var hidden = secrets as IReadOnlyCollection<string> ?? [.. secrets];
        if (words.Length > MaximumLookedAt)
        {
            words = Redaction.Redact(words[..MaximumLookedAt], hidden);

            // Half a secret may stand where the words were cut. It is far from what is shown, unless most of them were secrets.
            if (words.Length < MaximumLookedAt / 2)
            {
                return Secret.Mask;
            }
        }

        var shown = Harmless(Redaction.Redact(words, hidden), maximum);

        // Once more where they changed: a secret may have a control character, or become whole where something is replaced.
        return shown == words ? words : Redaction.Redact(shown, hidden);
    }

    internal static string Show(string? mediaType) => mediaType switch
    {
        null => "no content type",
        _ when _mediaTypes.TryGetValue(mediaType, out var known) => known,
        _ => "another content type",
    };

    private static string Harmless(string words, int maximum)
    {
        if (words.Length <= maximum && !words.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return words.Trim();
        }

        var text = new StringBuilder(Math.Min(words.Length, maximum));
        foreach (var rune in words.EnumerateRunes())
        {
            if (text.Length >= maximum)
            {
                text.Append('…');
                break;
            }

            // A terminal obeys escape sequences, bidirectional overrides and line breaks; words do not need them.
            text.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.Format ? " " : rune.ToString());
        }

        return text.ToString().Trim();
    }

    internal static string Describe(HttpAnswer answer, OAuthRequest request)
    {
        var head = $"{(int)answer.StatusCode} with {Show(answer.MediaType)}, {answer.Body.Length} bytes";
        if (request is ApiRequest)
        {
            // What an API answers is the caller's to look at, and may be large.
            return head;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var members = string.Join(", ", document.RootElement.EnumerateObject().Select(member =>
                    $"{Clean(member.Name, [])}={(IsShowable(member) ? member.Value.ToString() : Secret.Mask)}"));
                var secrets = SecretsOf(document.RootElement).Take(MaximumSecrets + 1).ToList();
                return members.Length == 0 || secrets.Count > MaximumSecrets ? head : $"{head}: {Clean(members, request.Secrets.Concat(secrets))}";
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a character in it: its size and type say enough, and nothing of it can be told from a secret.
        }

        return head;
    }

    /// <summary>The text of a member; null where it is none, or half a character stands in it.</summary>
    internal static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsShowable(JsonProperty member) =>
        _showable.Contains(member.Name) && member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    // What the answer gives under these names, at any depth, it may repeat under others.
    private static IEnumerable<string> SecretsOf(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Object => answer.EnumerateObject().SelectMany(member =>
            IsSecretName(member.Name) && Text(member.Value) is { } secret ? [secret] : SecretsOf(member.Value)),
        JsonValueKind.Array => answer.EnumerateArray().SelectMany(SecretsOf),
        _ => [],
    };

    private static bool IsSecretName(string name) => name != "token_type" && name != "issued_token_type"
        && _secretNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
