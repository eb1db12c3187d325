using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Api;

/// <summary>A request to an API, with what the caller gave for it.</summary>
internal sealed class ApiRequest(ApiCall call, Uri endpoint, IReadOnlyDictionary<string, string> headers) : OAuthRequest(endpoint)
{
    internal override IEnumerable<string> Secrets => base.Secrets.Concat(CredentialValues.InHeaders(headers));

    internal override string Purpose => call.ProtocolPurpose ?? "API call";

    internal override bool IsApiCall => true;

    internal override HttpMethod Method => call.Method;

    // An API may respond with a file; memory is the bound.
    internal override int MaximumResponseSize => call.ProtocolPurpose is null ? 256 * OneMebibyte : base.MaximumResponseSize;

    internal override bool TakesAnyStatus => call.SkipErrorCheck;

    internal override bool IsTransfer => Download is not null || call.Content is { IsTransfer: true };

    internal override FileDownload? Download { get; } = call.OutFile is null ? null : new FileDownload(call.OutFile, call.Resume);

    internal override int MaximumRedirection => call.MaximumRedirection;

    internal override string Accept => headers.TryGetValue("Accept", out var accept) ? accept : "application/json, */*;q=0.5";

    // 303 says that what came of the call is to be had there with GET (RFC 9110 section 15.4.4).
    internal override bool MayBecomeGet(int status) => status == 303;

    internal override bool KeepsMethod(int status) => call.PreserveMethodOnRedirect || base.KeepsMethod(status);

    public override string ToString() =>
        call.Content is { } content ? $"{base.ToString()}, body: {content.MediaType}, {content.Size}" : base.ToString();

    private protected override void AddHeaders(HttpRequestMessage message)
    {
        if (call.HttpVersion is { } version)
        {
            message.Version = version;
        }

        if (call.DisableKeepAlive)
        {
            message.Headers.ConnectionClose = true;
        }

        foreach (var (name, value) in headers)
        {
            if (!name.Equals("Accept", StringComparison.OrdinalIgnoreCase) && !message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        Download?.AskFor(message);
    }

    private protected override HttpContent? CreateContent() => call.Content?.Create(bytes => Advance(bytes, total: null));
}
