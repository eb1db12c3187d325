using System.Text;
using System.Text.Json;
using System.Xml;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Http;

/// <summary>
/// An XML body in the place of a JSON object: no DTD, no entity but XML's own five, and bounded in size and depth. Attributes, name spaces
/// and the root's name say nothing that is asked for.
/// </summary>
internal static class XmlBody
{
    private const int MaximumCharacters = 64 * 1024;
    private const int MaximumDepth = 16;

    private static readonly XmlReaderSettings _settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaximumCharacters,
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <returns>The root's elements as a JSON object; null when the body is no XML, or has a DTD, or is too deep.</returns>
    internal static byte[]? ToJson(byte[] body)
    {
        if (!body.AsSpan().Contains((byte)'<'))
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), _settings);
            return Read(reader) is { Children.Count: > 0 } root
                ? Encoding.UTF8.GetBytes(JsonText.Object(json => root.Children.ForEach(child => Write(child, json))))
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static Element? Read(XmlReader reader)
    {
        var open = new Stack<Element>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when open.Count == MaximumDepth:
                    return null;
                case XmlNodeType.Element:
                    var element = new Element(reader.LocalName);
                    open.TryPeek(out var parent);
                    parent?.Children.Add(element);
                    if (parent is null || !reader.IsEmptyElement)
                    {
                        open.Push(element);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().Text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement when open.Count > 1:
                    open.Pop();
                    break;
                default:
                    break;
            }
        }

        return open.TryPeek(out var root) ? root : null;
    }

    private static void Write(Element element, Utf8JsonWriter json)
    {
        if (element.Children.Count == 0)
        {
            json.WriteString(element.Name, element.Text.ToString().Trim());
            return;
        }

        json.WriteStartObject(element.Name);
        element.Children.ForEach(child => Write(child, json));
        json.WriteEndObject();
    }

    private sealed record Element(string Name)
    {
        internal StringBuilder Text { get; } = new();

        internal List<Element> Children { get; } = [];
    }
}
