using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Api;

/// <summary>A call of an API.</summary>
public sealed class ApiCall
{
    private const int MaximumBodySize = 256 * OAuthRequest.OneMebibyte;

    /// <summary>Where to: absolute, or relative to the session's service URL.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The method; GET when nothing else is said.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Headers besides the session's; one of the same name goes before the session's.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The bytes of a file, for <see cref="Body"/>: 256 MiB at most.</summary>
    /// <exception cref="OAuthUsageException">
    /// The file is not there, cannot be read, is larger, or is no ordinary file with something in it.
    /// </exception>
    public static byte[] ReadBody(string path)
    {
        try
        {
            var bytes = BoundedFile.Read(path, MaximumBodySize) ?? throw Errors.BodyFile(path, "is larger than 256 MiB");
            return bytes.Length > 0 ? bytes : throw Errors.BodyFile(path, "is empty, or a device or pipe");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Errors.BodyFile(
                path, failure is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read");
        }
    }

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>The time for each request and its response; the session's when null.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How the API is reached, for this call alone; what it is silent about, and all when null, as for the session.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>
    /// How messages name a request of the protocol itself, which is bounded as one and carries no header that is meant for an API; null for
    /// any other.
    /// </summary>
    internal string? ProtocolPurpose { get; init; }
}
