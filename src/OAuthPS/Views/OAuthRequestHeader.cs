using System.Collections;
using System.Diagnostics.CodeAnalysis;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Views;

/// <summary>
/// The headers of an API call for <c>-Headers</c>, which takes the names and asks for the value of each. Asked by name, it gives the
/// value in plain text. Everything that goes through it instead, as ConvertTo-Json does, or a view of an object that holds it, finds one
/// entry with the names. That entry is named after a property and not after a header: <c>Format-List *</c> looks up what it has found.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is what Get-OAuthRequestHeader gives.")]
[SuppressMessage("Design", "CA1010", Justification = "PowerShell adds, copies and splats a Hashtable; a generic dictionary it does not.")]
public sealed class OAuthRequestHeader : Hashtable, IEnumerable
{
    internal OAuthRequestHeader()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>The names without the values.</summary>
    public string Names => string.Join(", ", Keys.Cast<string>().Order(StringComparer.Ordinal));

    /// <summary><c>***</c> for each header.</summary>
    public override ICollection Values => Enumerable.Repeat(Secret.Mask, Count).ToArray();

    /// <summary>One entry with the names.</summary>
    public override IDictionaryEnumerator GetEnumerator() => Shown().GetEnumerator();

    // Hashtable has one of its own for this interface.
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Copies one entry with the names.</summary>
    public override void CopyTo(Array array, int arrayIndex) => Shown().CopyTo(array, arrayIndex);

    /// <summary>The same headers, as well hidden.</summary>
    public override object Clone()
    {
        var copy = new OAuthRequestHeader();
        foreach (string name in Keys)
        {
            copy[name] = this[name];
        }

        return copy;
    }

    /// <summary>The names without the values.</summary>
    public override string ToString() => $"{Names} (values hidden)";

    private Hashtable Shown() => new() { [nameof(Names)] = Names };
}
