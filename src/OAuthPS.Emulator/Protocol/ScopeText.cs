namespace OAuthPS.Emulator;

/// <summary>The grammar of scope (RFC 6749 section 3.3).</summary>
internal static class ScopeText
{
    /// <summary>Printable ASCII but for the space, the quotation mark and the backslash.</summary>
    public static bool IsToken(string token)
        => token.Length > 0 && token.All(character => character is '!' or (>= '#' and <= '[') or (>= ']' and <= '~'));

    /// <summary>A refresh must not ask for more than was granted (RFC 6749 section 6).</summary>
    public static bool IsWithin(string scope, string granted) => scope.Split(' ').All(granted.Split(' ').Contains);
}
