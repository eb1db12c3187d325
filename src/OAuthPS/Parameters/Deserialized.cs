using System.Management.Automation;

namespace OAuthPS.Parameters;

/// <summary>Objects of this module that have been in another process or in a file, and came back as a list of their properties.</summary>
internal static class Deserialized
{
    private const string Prefix = "Deserialized.OAuthPS.";

    internal static bool Is(PSObject view) => view.TypeNames.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal));
}
