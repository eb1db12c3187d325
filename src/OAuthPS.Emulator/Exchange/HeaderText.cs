namespace OAuthPS.Emulator;

/// <summary>Whether text that somebody gives can stand in a header.</summary>
internal static class HeaderText
{
    public static bool IsName(string name)
        => name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    public static bool IsValue(string? value) => value?.All(character => character is >= ' ' and <= '~') == true;

    /// <summary>The first header that cannot be sent; null when all can.</summary>
    public static string? FirstBad(IReadOnlyDictionary<string, string>? headers)
        => headers?.FirstOrDefault(header => !IsName(header.Key) || !IsValue(header.Value)).Key;
}
