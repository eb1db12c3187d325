using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>An HTTP answer as a value: what a check returns to refuse, and an endpoint to answer.</summary>
internal sealed class Answer : IResult
{
    // The answers are JSON, never part of an HTML page: as readable as the ones in the documents.
    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<KeyValuePair<string, string>> _headers = [];
    private readonly string _contentType;
    private readonly string _body;

    private Answer(int status, string contentType, string body)
    {
        Status = status;
        _contentType = contentType;
        _body = body;
    }

    public int Status { get; }

    public static Answer Json(int status, JsonNode? body, string? contentType = null)
        => new(status, contentType ?? MediaType.Json, body is null ? "null" : body.ToJsonString(_readable));

    /// <summary>A body as it is written.</summary>
    public static Answer Text(int status, string contentType, string body) => new(status, contentType, body);

    public static Answer Html(int status, string page)
        => new Answer(status, "text/html; charset=utf-8", page)
            .With("Cache-Control", "no-store")
            .With("Referrer-Policy", "no-referrer")
            .With("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'");

    public static Answer Redirect(int status, string location)
        => new Answer(status, "", "").With("Location", location).With("Cache-Control", "no-store");

    /// <summary>A successful token answer, never to be cached (RFC 6749 section 5.1).</summary>
    public static Answer Token(JsonObject body) => Json(200, body).With("Cache-Control", "no-store").With("Pragma", "no-cache");

    public Answer With(string header, string value)
    {
        _headers.Add(new(header, value));
        return this;
    }

    /// <summary>A header that is there already stays as it is.</summary>
    public Answer WithDefault(string header, string value)
        => _headers.Exists(given => given.Key.Equals(header, StringComparison.OrdinalIgnoreCase)) ? this : With(header, value);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in _headers)
        {
            response.Headers.Append(name, value);
        }

        if (_contentType.Length > 0)
        {
            response.ContentType = _contentType;
        }

        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(_body), httpContext.RequestAborted);
    }
}
