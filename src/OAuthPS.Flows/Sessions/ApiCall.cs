using System.Net;

namespace OAuthPS.Flows.Sessions;

/// <summary>A call of an API.</summary>
public sealed class ApiCall
{
    /// <summary>Where to: absolute, or relative to the session's service URL.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The method; GET when nothing else is said.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Headers besides the session's; one of the same name goes before the session's.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The media type of the body.</summary>
    public string ContentType { get; init; } = "application/json; charset=utf-8";

    /// <summary>The time for each request and its answer; the session's when null.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>What an API answered, with a 2xx status.</summary>
public sealed class ApiAnswer
{
    /// <summary>The status.</summary>
    public required HttpStatusCode StatusCode { get; init; }

    /// <summary>The media type of the body, without parameters; null when none was given.</summary>
    public string? MediaType { get; init; }

    /// <summary>The character set of the body; null when none was given.</summary>
    public string? CharacterSet { get; init; }

    /// <summary>The body.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The answer's headers.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Headers { get; init; }
}
