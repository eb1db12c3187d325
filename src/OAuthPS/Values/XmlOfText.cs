using System.Xml;

namespace OAuthPS.Values;

/// <summary>
/// Reads XML as Invoke-RestMethod does: a document, or the items of a feed (RSS 2.0, RFC 4287). A DTD is passed over and never read, and
/// with it its entities.
/// </summary>
internal static class XmlOfText
{
    // What goes through a document goes as deep as it is.
    private const int MaximumDepth = 1024;

    private static readonly XmlReaderSettings _settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        CheckCharacters = false,
        IgnoreProcessingInstructions = true,
    };

    /// <returns>The document, or the feed's items; null where the text is no XML, or is nested deeper than 1024 levels.</returns>
    internal static IReadOnlyList<XmlNode>? TryRead(string text)
    {
        try
        {
            return IsTooDeep(text, out var isFeed) ? null : isFeed ? Items(text) : [Document(text)];
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsTooDeep(string text, out bool isFeed)
    {
        using var reader = Open(text);
        isFeed = reader.MoveToContent() == XmlNodeType.Element && IsNamed(reader, "rss", "feed");
        while (reader.Depth <= MaximumDepth)
        {
            if (!reader.Read())
            {
                return false;
            }
        }

        return true;
    }

    private static XmlDocument Document(string text)
    {
        using var reader = Open(text);
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        document.Load(reader);
        return document;
    }

    private static List<XmlNode> Items(string text)
    {
        using var reader = Open(text);
        var owner = new XmlDocument { XmlResolver = null };
        var items = new List<XmlNode>();
        reader.MoveToContent();
        for (reader.Read(); !reader.EOF;)
        {
            // ReadNode moves on by itself.
            if (reader.NodeType == XmlNodeType.Element && IsNamed(reader, "item", "entry"))
            {
                items.Add(owner.ReadNode(reader)!);
            }
            else
            {
                reader.Read();
            }
        }

        return items;
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text), _settings);

    private static bool IsNamed(XmlReader reader, string one, string other) =>
        reader.Name.Equals(one, StringComparison.OrdinalIgnoreCase) || reader.Name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
