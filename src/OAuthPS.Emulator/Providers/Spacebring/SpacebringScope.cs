using System.Collections.Frozen;

namespace OAuthPS.Emulator;

/// <summary>The scopes of Spacebring's API description: a resource, to read and write, or with <c>.readonly</c> to read.</summary>
internal static class SpacebringScope
{
    private const string ReadOnly = ".readonly";

    private static readonly FrozenSet<string> _resources = FrozenSet.Create(
        "benefits", "community", "events", "feed", "invoices", "locations", "plans",
        "resources", "subscriptions", "shop", "support", "transactions", "visitors");

    /// <summary>
    /// Whether the description has a scope. One operation of it asks for <c>benefits.create</c>, which its list of scopes leaves out.
    /// </summary>
    public static bool IsKnown(string scope)
    {
        var resource = scope.EndsWith(ReadOnly, StringComparison.Ordinal) ? scope[..^ReadOnly.Length] : scope;
        return scope == "benefits.create" || _resources.Contains(resource);
    }

    /// <summary>Whether what was granted lets a client read a resource, or write it.</summary>
    public static bool Grants(string granted, string resource, bool write)
        => granted.Split(' ').Any(scope => scope == resource || (!write && scope == resource + ReadOnly));
}
