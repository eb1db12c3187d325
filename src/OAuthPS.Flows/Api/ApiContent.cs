using System.Net.Http.Headers;
using System.Text;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Api;

/// <summary>The body of an API call, made afresh for each time the call is sent.</summary>
public abstract class ApiContent
{
    /// <summary>The media type of JSON.</summary>
    public const string Json = "application/json; charset=utf-8";

    /// <summary>The media type of bytes of which nothing is known (RFC 2046 section 4.5.1).</summary>
    public const string OctetStream = "application/octet-stream";

    private const int LargestStream = 256 * OAuthRequest.OneMebibyte;

    private protected ApiContent(string mediaType)
    {
        MediaType = mediaType;
        if (!MediaTypeHeaderValue.TryParse(mediaType, out _))
        {
            throw Errors.InvalidContentType(mediaType);
        }
    }

    /// <summary>The media type, with its parameters.</summary>
    public string MediaType { get; }

    /// <summary>Whether it may be so large that a call's time is for each step of it, and not for the whole.</summary>
    internal virtual bool IsTransfer => false;

    /// <summary>What verbose messages say of it, after its media type.</summary>
    internal abstract string Size { get; }

    /// <summary>Whether a media type is one of JSON, such as <c>application/scim+json</c>.</summary>
    /// <param name="mediaType">The media type, with or without parameters.</param>
    public static bool IsJson(string mediaType) =>
        MediaTypeHeaderValue.TryParse(mediaType, out var type) && ApiMediaType.IsJson(type.MediaType);

    /// <summary>Bytes, as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="mediaType">Their media type.</param>
    /// <exception cref="OAuthUsageException">The media type is none.</exception>
    public static ApiContent FromBytes(byte[] bytes, string mediaType = Json)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new BytesContent(bytes, mediaType);
    }

    /// <summary>Text, in the character set that its media type says; in UTF-8 where that says none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <exception cref="OAuthUsageException">The media type is none.</exception>
    public static ApiContent FromText(string text, string mediaType = Json)
    {
        ArgumentNullException.ThrowIfNull(text);
        var encoding = MediaTypeHeaderValue.TryParse(mediaType, out var type) ? CharacterSets.Find(type.CharSet?.Trim('"')) : Encoding.UTF8;
        return FromBytes(encoding.GetBytes(text), mediaType);
    }

    /// <summary>What a stream still has, read now: 256 MiB at most.</summary>
    /// <param name="stream">The stream. It stays the caller's.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OAuthUsageException">The media type is none, or the stream has more.</exception>
    public static async Task<ApiContent> FromStreamAsync(
        Stream stream, string mediaType = OctetStream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var content = new StreamContent(stream);
        var bytes = await BoundedContent.ReadAsync(content, LargestStream, cancellationToken).ConfigureAwait(false);
        return FromBytes(bytes ?? throw Errors.BodyTooLarge(LargestStream / OAuthRequest.OneMebibyte), mediaType);
    }

    /// <summary>A file, read while it is sent. It is not changed, and must not change meanwhile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <exception cref="OAuthUsageException">The media type is none.</exception>
    public static ApiContent FromFile(string path, string mediaType = OctetStream)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ApiFileContent(path, mediaType);
    }

    /// <summary>A form of several parts, of text and of files (<c>multipart/form-data</c>, RFC 7578).</summary>
    /// <param name="parts">The parts, in their order.</param>
    public static ApiContent FromForm(IEnumerable<ApiFormPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new ApiFormContent([.. parts]);
    }

    /// <param name="advanced">Called with the number of bytes each time some are sent.</param>
    /// <exception cref="OAuthUsageException">A file is not there, cannot be read, or is no ordinary file with something in it.</exception>
    internal abstract HttpContent Create(Action<long> advanced);

    private sealed class BytesContent(byte[] bytes, string mediaType) : ApiContent(mediaType)
    {
        internal override string Size => $"{bytes.Length} bytes";

        internal override HttpContent Create(Action<long> advanced) =>
            new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(MediaType) } };
    }
}
