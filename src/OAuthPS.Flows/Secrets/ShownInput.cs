namespace OAuthPS.Flows.Secrets;

/// <summary>
/// What a caller gave for a name or a path, as a message may repeat it. A key or token that was given there by mistake
/// (<c>-ClientKey $env:KEY</c>, which holds the key itself) is not repeated.
/// </summary>
public static class ShownInput
{
    private const int LongestPath = 260;
    private const int LongestSegment = 64;
    private const int ShortestKey = 16;
    private const int ShortestHexKey = 32;
    private const int ShortestKeyInPieces = 24;

    private static readonly char[] _separators = ['/', '\\', '.'];

    /// <summary>A path: whole where it leads somewhere; else with a mask for what could be a key.</summary>
    public static string Path(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsPathShown(path) ? WireFormat.Clean(path, []) : $"{WireFormat.Clean(ExistingPart(path), [])}{Secret.Mask}";
    }

    /// <summary>A name or an address: with a mask in its place where it could be a key.</summary>
    public static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? WireFormat.Clean(ShownUrl.Of(url), [])
            : IsLikeKey(text) ? Secret.Mask
            : WireFormat.Clean(text, []);
    }

    /// <summary>Whether a message that repeats the path gives nothing away.</summary>
    internal static bool IsPathShown(string path) =>
        File.Exists(path) || Directory.Exists(path) || !IsLikeKey(path[ExistingPart(path).Length..]);

    // PowerShell puts the current folder before a text that is no path.
    private static string ExistingPart(string path)
    {
        if (path.Length > LongestPath * 16)
        {
            return "";
        }

        for (var folder = System.IO.Path.GetDirectoryName(path);
            !string.IsNullOrEmpty(folder);
            folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder) && path.StartsWith(folder, StringComparison.Ordinal))
            {
                return System.IO.Path.EndsInDirectorySeparator(folder) || folder.Length == path.Length
                    ? folder
                    : path[..(folder.Length + 1)];
            }
        }

        return "";
    }

    private static bool IsLikeKey(string text)
    {
        var segments = text.Split(_separators);
        return text.Length > LongestPath || segments.Any(IsLikeKeySegment) || IsLikeKeyInPieces(segments);
    }

    // A slash is a digit of base64: the pieces of a key may be too short to tell.
    private static bool IsLikeKeyInPieces(string[] segments) =>
        segments.Sum(segment => segment.Length) is >= ShortestKeyInPieces and var length && segments.Sum(Changes) * 5 >= length;

    private static bool IsLikeKeySegment(string segment) => segment.Length > LongestSegment
        || (segment.Length >= ShortestHexKey && segment.All(one => char.IsAsciiHexDigit(one) || one == '-'))
        || (segment.Length >= ShortestKey && Changes(segment) * 4 >= segment.Length);

    // Words change between letters, capitals, digits and signs now and then, and keys all the time.
    private static int Changes(string segment)
    {
        var (changes, last) = (0, ' ');
        foreach (var kind in segment.Where(one => one is not ('-' or '_' or ' ')).Select(KindOf))
        {
            // A capital begins a word.
            changes += last == ' ' || kind == last || (last == 'A' && kind == 'a') ? 0 : 1;
            last = kind;
        }

        return changes;
    }

    private static char KindOf(char character) =>
        char.IsLower(character)
            ? 'a'
            : char.IsUpper(character)
            ? 'A'
            : char.IsLetter(character)
            ? 'l'
            : char.IsDigit(character)
            ? '1'
            : '+';
}
