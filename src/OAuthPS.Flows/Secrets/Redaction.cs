namespace OAuthPS.Flows.Secrets;

/// <summary>
/// Takes secrets out of a server's words, in whatever form a hostile or careless server repeats them: plain, percent-encoded or
/// escaped for JSON or HTML, also more than once; and in base64 or hex inside of that. A line break in the middle hides nothing.
/// </summary>
internal static class Redaction
{
    /// <summary>The number of characters of a text that are looked at. What comes after them is not shown.</summary>
    internal const int MaximumLookedAt = 64 * 1024;

    // A server may escape what another has escaped already; nobody does so more often.
    private const int MaximumDepth = 3;

    private static readonly Escape[] _inTurn = [Escape.Json, Escape.Html, Escape.Form, Escape.Percent];

    /// <summary>
    /// The words with a mask in the place of each secret, and of each part of a long secret. Nothing else of them changes.
    /// </summary>
    internal static string Redact(string words, IReadOnlyCollection<string> secrets)
    {
        var looked = words.Length <= MaximumLookedAt ? words : string.Concat(words.AsSpan(0, MaximumLookedAt), "…");
        return MayHold(looked, secrets) ? Redact(looked, SoughtSecrets.From(secrets)) : looked;
    }

    // No form of a secret is shorter than the secret: most texts are too short to hold one, and are done with here.
    private static bool MayHold(string words, IReadOnlyCollection<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length > 0
                && words.Length >= (secret.Length < SoughtSecrets.ShortestInParts ? secret.Length : SoughtSecrets.PartLength))
            {
                return true;
            }
        }

        return false;
    }

    private static string Redact(string words, SoughtSecrets sought)
    {
        var found = new FoundParts(words.Length);
        foreach (var reading in Readings(TextReading.Of(words)))
        {
            sought.FindIn(reading, found, SoughtSecrets.ShortestPlain);
            foreach (var decoded in EncodedRuns.Decode(reading, sought.ShortestEncoded))
            {
                sought.FindIn(decoded, found, SoughtSecrets.ShortestInEncoded);
            }
        }

        return found.Mask(words);
    }

    // Each escape by itself, since a secret may look like an escape of another kind; then one after the other.
    private static IEnumerable<TextReading> Readings(TextReading plain)
    {
        yield return plain;
        if (!plain.MayHaveEscapes)
        {
            yield break;
        }

        foreach (var escape in _inTurn)
        {
            if (Unescaping.Undo(plain, escape) is { } alone)
            {
                yield return alone;
            }
        }

        var last = plain;
        for (var depth = 0; depth < MaximumDepth; depth++)
        {
            var before = last;
            foreach (var escape in _inTurn)
            {
                // A plus is a blank in a form only: what follows goes on from the text that still has it.
                if (Unescaping.Undo(last, escape) is { } next)
                {
                    yield return next;
                    last = escape == Escape.Form ? last : next;
                }
            }

            if (last == before)
            {
                yield break;
            }
        }
    }
}
