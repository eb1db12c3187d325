using System.Net;
using System.Text;

namespace OAuthPS.Flows.Http;

/// <summary>A response as received, whole and within the size allowed.</summary>
internal sealed class HttpResponse
{
    private readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<string>>> _headers = null!;

    internal required HttpStatusCode StatusCode { get; init; }

    internal required string? MediaType { get; init; }

    internal required string? CharacterSet { get; init; }

    internal required byte[] Body { get; init; }

    /// <summary>Whether the body was longer than the size allowed, and was not kept.</summary>
    internal bool IsTooLong { get; init; }

    internal required TimeSpan? RetryAfter { get; init; }

    /// <summary>When the response came about, by the server's clock (RFC 9110 section 6.6.1); null when it does not say.</summary>
    internal DateTimeOffset? Date { get; init; }

    /// <summary>All its headers. Put together when first asked for, since those of few responses are.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Headers => _headers.Value;

    /// <summary>How the server wants to be shown who asks (RFC 9110 section 11.6.1).</summary>
    internal IReadOnlyList<string> Challenges => Headers.TryGetValue("WWW-Authenticate", out var challenges) ? challenges : [];

    internal required Func<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadHeaders
    {
        init => _headers = new(value);
    }

    /// <summary>Where it came from in the end, after redirects; null in a response that nobody sent.</summary>
    internal Uri? Uri { get; init; }

    /// <summary>Whether it says that a file is there whole, which is what was asked for.</summary>
    internal bool IsComplete { get; init; }

    internal bool IsSuccess => IsComplete || (int)StatusCode is >= 200 and <= 299;

    /// <summary>The body without a byte order mark, which RFC 8259 section 8.1 lets a reader ignore.</summary>
    internal ReadOnlyMemory<byte> Json => Body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Body.AsMemory(3) : Body;

    /// <exception cref="OAuthServerException">The status is not 2xx.</exception>
    internal HttpResponse EnsureSuccess(OAuthRequest request) =>
        IsSuccess ? this : throw Refusal(request);

    /// <summary>The refusal that the response is, with what the server says of it.</summary>
    internal OAuthServerException Refusal(OAuthRequest request)
    {
        var said = ErrorResponse.Read(this, request.Secrets);
        return Errors.Refused(new Refusal
        {
            Purpose = request.Purpose,
            Endpoint = request.Endpoint,
            IsApiCall = request.IsApiCall,
            Client = ClientOf.Request(request),
            Status = (int)StatusCode,
            IsEmpty = Body.Length == 0,
            IsTooLong = IsTooLong,
            MediaType = MediaType,
            ShownMediaType = ShownRefusal.MediaType(this, said.Secrets),
            RetryAfter = RetryAfter,
            Error = said.Error,
            Description = said.Description,
            Headers = ShownRefusal.Headers(this, said.Secrets),
            Body = ShownRefusal.Body(this, said.Secrets),
        });
    }
}
