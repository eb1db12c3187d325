using System.Text;

namespace OAuthPS.Flows.Http;

/// <summary>The character sets that responses name (RFC 9110 section 8.3.2).</summary>
internal static class CharacterSets
{
    /// <returns>
    /// The one of that name. UTF-8, the best guess, where nobody knows it, where none is named, and for UTF-7, in which one text has many
    /// forms.
    /// </returns>
    internal static Encoding Find(string? name)
    {
        try
        {
            return name is null ? Encoding.UTF8
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }
}
