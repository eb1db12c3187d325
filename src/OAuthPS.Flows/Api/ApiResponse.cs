using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Json;

namespace OAuthPS.Flows.Api;

/// <summary>What an API answered.</summary>
public sealed class ApiResponse
{
    /// <summary>The status.</summary>
    public required HttpStatusCode StatusCode { get; init; }

    /// <summary>Where it came from in the end, after redirects.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The media type of the body, without parameters; null when none was given.</summary>
    public string? MediaType { get; init; }

    /// <summary>The character set of the body; null when none was given.</summary>
    public string? CharacterSet { get; init; }

    /// <summary>The body.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The response's headers.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; }

    /// <summary>The file that the body went into; null where it is <see cref="Body"/>.</summary>
    public string? File { get; init; }

    /// <summary>The same, with the content of <see cref="File"/> as the body: 256 MiB at most.</summary>
    /// <exception cref="OAuthUsageException">The file cannot be read any more, or is larger.</exception>
    public ApiResponse WithFile() => File is null ? this : new()
    {
        StatusCode = StatusCode,
        Uri = Uri,
        MediaType = MediaType,
        CharacterSet = CharacterSet,
        Body = ApiFileContent.Read(File),
        Headers = Headers,
        File = File,
        Call = Call,
    };

    internal string Call { get; init; } = "the call";

    /// <summary>Whether the media type says that the body is a JSON text on each line.</summary>
    public bool IsJsonLines => ApiMediaType.IsJsonLines(MediaType);

    /// <summary>Whether the media type says that the body is XML (RFC 7303).</summary>
    public bool IsXml => ApiMediaType.IsXml(MediaType);

    private BodyText Text => BodyText.Of(Body, CharacterSet, ApiMediaType.IsJson(MediaType));

    /// <summary>
    /// The body as text, by its byte order mark, else in the character set that it says, in the header or at its beginning, else in UTF-8.
    /// </summary>
    /// <returns>The text; null where the media type is neither one of text nor of JSON.</returns>
    public string? ReadText() => ApiMediaType.IsJson(MediaType) || ApiMediaType.IsText(MediaType) ? Text.Decode() : null;

    internal string ReadAscii() => Encoding.ASCII.GetString(Body).Trim();

    /// <summary>
    /// Reads the body as JSON: where the media type says that it is, and where it says text, or nothing, and the text begins as an object
    /// or a list does and can be read.
    /// </summary>
    /// <param name="read">Reads all of it, in UTF-8 without its mark; throws <see cref="JsonException"/> where it is no JSON.</param>
    /// <param name="value">What the body was read to.</param>
    /// <returns>Whether the body is JSON. Words such as <c>OK</c>, which some servers call JSON, are the text that they are.</returns>
    /// <exception cref="OAuthProtocolException">The media type says so, and it is not, from its beginning to its end.</exception>
    public bool TryReadJson<T>(Func<ReadOnlyMemory<byte>, T> read, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(read);
        value = default;
        var isSaid = ApiMediaType.IsJson(MediaType);
        if (!isSaid && !ApiMediaType.IsText(MediaType))
        {
            return false;
        }

        var json = Text.ToUtf8();
        var first = FirstOf(json.Span);
        if (!isSaid && first is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        try
        {
            value = read(json);
            return true;
        }
        catch (JsonException) when (!isSaid || char.IsAsciiLetter((char)first))
        {
            return false;
        }
        catch (JsonException)
        {
            throw Errors.ApiResponseMalformed(Call, MediaType);
        }
    }

    // The first byte that is no blank.
    private static byte FirstOf(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [var first, ..] ? first : default;
}
