using System.Collections;
using System.Diagnostics.CodeAnalysis;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Views;

/// <summary>
/// The headers of an API call for <c>-Headers</c>, which takes the names and asks for the value of each. Asked by name, it gives the
/// value in plain text. Everything that goes through it instead, as a view of an object that holds it does, ConvertTo-Json, or
/// Export-Clixml, finds the names and no value.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is what Get-OAuthRequestHeader gives.")]
[SuppressMessage("Design", "CA1010", Justification = "PowerShell adds, copies and splats a Hashtable; a generic dictionary it does not.")]
public sealed class OAuthRequestHeader : Hashtable, IEnumerable
{
    internal OAuthRequestHeader()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary><c>***</c> for each header.</summary>
    public override ICollection Values => Names.Select(_ => Secret.Mask).ToArray();

    private IEnumerable<string> Names => Keys.Cast<string>();

    /// <summary>The names, each with <c>***</c>.</summary>
    public override IDictionaryEnumerator GetEnumerator() => Masked().GetEnumerator();

    // Hashtable has one of its own for this interface.
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Copies the names, each with <c>***</c>.</summary>
    public override void CopyTo(Array array, int arrayIndex) => Masked().CopyTo(array, arrayIndex);

    /// <summary>The same headers, as well hidden.</summary>
    public override object Clone()
    {
        var copy = new OAuthRequestHeader();
        foreach (var name in Names)
        {
            copy[name] = this[name];
        }

        return copy;
    }

    /// <summary>The names without the values.</summary>
    public override string ToString() => $"{string.Join(", ", Names.Order(StringComparer.Ordinal))} (values hidden)";

    private Hashtable Masked()
    {
        var masked = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Names)
        {
            masked[name] = Secret.Mask;
        }

        return masked;
    }
}
