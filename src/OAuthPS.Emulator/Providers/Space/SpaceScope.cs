namespace OAuthPS.Emulator;

/// <summary>
/// Space's scope: <c>**</c> for everything, else tokens separated by single spaces, such as <c>Project:*</c> or
/// <c>Profile:EditAbsences,EditLanguages</c>, and <c>global:Project.View</c> as its SDK builds them.
/// </summary>
internal static class SpaceScope
{
    /// <summary>The scope that grants all there is.</summary>
    public const string Everything = "**";

    /// <summary>Whether the text has the form of a scope.</summary>
    public static bool IsValid(string scope) => scope == Everything || scope.Split(' ').All(IsToken);

    /// <summary>Whether all of a scope was granted.</summary>
    public static bool IsWithin(string scope, string granted) => granted == Everything || ScopeText.IsWithin(scope, granted);

    /// <summary>Whether a scope carries a permission such as <c>Project.View</c>, by its code or by all that its entity has.</summary>
    public static bool Grants(string scope, string permission)
    {
        var everythingOfEntity = permission.Split('.')[0] + ":*";
        return scope == Everything || scope.Split(' ').Any(token => token == everythingOfEntity || Permissions(token).Contains(permission));
    }

    private static string[] Permissions(string token) => token[(token.LastIndexOf(':') + 1)..].Split(',');

    // A comma separates rights inside a token. A context behind one means that somebody joined tokens by commas.
    private static bool IsToken(string token)
    {
        var parts = token.Split(',');
        return token != Everything && ScopeText.IsToken(token)
            && !parts.Contains("") && !parts.Skip(1).Any(part => part.Contains(':', StringComparison.Ordinal));
    }
}
