using System.Net.Http.Headers;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Api;

/// <summary>A request to an API, with what the caller gave for it.</summary>
internal sealed class ApiRequest(
    Uri endpoint, HttpMethod method, IReadOnlyDictionary<string, string> headers, byte[]? body, string contentType)
    : OAuthRequest(endpoint)
{
    private readonly MediaTypeHeaderValue? _contentType =
        body is null ? null : MediaTypeHeaderValue.TryParse(contentType, out var type) ? type : throw Errors.InvalidHeader("Content-Type");

    internal override IEnumerable<string> Secrets => base.Secrets.Concat(CredentialValues.InHeaders(headers));

    internal override string Purpose => ProtocolPurpose ?? "API call";

    /// <inheritdoc cref="ApiCall.ProtocolPurpose"/>
    internal string? ProtocolPurpose { get; init; }

    internal override bool IsApiCall => true;

    internal override HttpMethod Method { get; } = method;

    // An API may response with a file; memory is the bound.
    internal override int MaximumResponseSize => ProtocolPurpose is null ? 256 * OneMebibyte : base.MaximumResponseSize;

    internal override string Accept => headers.TryGetValue("Accept", out var accept) ? accept : "application/json, */*;q=0.5";

    public override string ToString() => body is null ? base.ToString() : $"{base.ToString()}, body: {contentType}, {body.Length} bytes";

    private protected override void AddHeaders(HttpRequestMessage message)
    {
        foreach (var (name, value) in headers)
        {
            if (!name.Equals("Accept", StringComparison.OrdinalIgnoreCase))
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private protected override HttpContent? CreateContent()
    {
        if (body is null)
        {
            return null;
        }

        var content = new ByteArrayContent(body);
        content.Headers.ContentType = _contentType;
        return content;
    }
}
