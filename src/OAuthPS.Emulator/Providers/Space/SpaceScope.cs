namespace OAuthPS.Emulator;

/// <summary>
/// Space's scope: <c>**</c> for everything, else tokens separated by single spaces, such as <c>Project:*</c> or
/// <c>Profile:EditAbsences,EditLanguages</c>.
/// </summary>
internal static class SpaceScope
{
    public const string Everything = "**";

    public static bool IsValid(string scope) => scope == Everything || scope.Split(' ').All(IsToken);

    public static bool IsWithin(string scope, string granted) => granted == Everything || ScopeText.IsWithin(scope, granted);

    // A comma separates rights inside a token. A context behind one means that somebody joined tokens by commas.
    private static bool IsToken(string token)
    {
        var parts = token.Split(',');
        return token != Everything && ScopeText.IsToken(token) && !parts.Contains("") && !parts.Skip(1).Any(part => part.Contains(':', StringComparison.Ordinal));
    }
}
