namespace OAuthPS.Flows.Http;

/// <summary>A GET of a public document: server metadata, or a key set.</summary>
internal sealed class DocumentRequest(Uri endpoint, string purpose) : OAuthRequest(endpoint)
{
    internal override string Purpose { get; } = purpose;

    internal override HttpMethod Method => HttpMethod.Get;
}
