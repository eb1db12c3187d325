using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Api;

/// <summary>A body as text: its bytes without a byte order mark, and how they are read.</summary>
internal readonly record struct BodyText(ReadOnlyMemory<byte> Bytes, Encoding Encoding)
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // UTF-32 before UTF-16, whose mark is the beginning of the other's.
    private static readonly Encoding[] _marked = [Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode];

    // What web servers say of everything that they send, whatever it is.
    private static readonly string[] _defaults = ["iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"];

    /// <param name="body">The body.</param>
    /// <param name="characterSet">The character set it says; null for none.</param>
    /// <param name="isJson">Whether it says to be JSON.</param>
    internal static BodyText Of(byte[] body, string? characterSet, bool isJson)
    {
        if (_marked.FirstOrDefault(encoding => body.AsSpan().StartsWith(encoding.Preamble)) is { } marked)
        {
            return new(body.AsMemory(marked.Preamble.Length), marked);
        }

        // RFC 8259 section 8.1: JSON is UTF-8. What can be read as such is, unless the server names a character set on purpose.
        var name = characterSet?.Trim('"', ' ');
        var isUtf8 = name is null
            || (isJson && _defaults.Contains(name, StringComparer.OrdinalIgnoreCase) && IsUtf8(body));
        return new(body, isUtf8 ? Encoding.UTF8 : CharacterSets.Find(name));
    }

    internal string Decode() => Encoding.GetString(Bytes.Span);

    /// <exception cref="JsonException">It is no JSON.</exception>
    internal JsonDocument ParseJson(JsonDocumentOptions options) =>
        Encoding is UTF8Encoding ? JsonDocument.Parse(Bytes, options) : JsonDocument.Parse(Decode(), options);

    private static bool IsUtf8(byte[] body)
    {
        try
        {
            return _strict.GetCharCount(body) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
