using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace OAuthPS.Views;

/// <summary>
/// The headers of an API call for <c>-Headers</c>. It is a hashtable that holds the token in plain text, because that is what
/// <c>-Headers</c> takes; its view shows none of its values.
/// </summary>
[SuppressMessage("Design", "CA1010", Justification = "PowerShell adds, copies and splats a Hashtable; a generic dictionary it does not.")]
public sealed class OAuthRequestHeader : Hashtable
{
    internal OAuthRequestHeader()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>The names without the values. It is also all that a view shows of a dictionary that is not enumerated.</summary>
    public override string ToString() => $"{string.Join(", ", Keys.Cast<string>().Order(StringComparer.Ordinal))} (values hidden)";
}
