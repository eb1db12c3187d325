using System.Text.Json;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>A transport that keeps the tokens of the answers that pass: a session shows no refresh token to anybody.</summary>
internal sealed class RecordingTransport : DelegatingHandler
{
    internal RecordingTransport()
        : base(HttpTransport.CreateHandler()) => Transport = new HttpTransport(new HttpMessageInvoker(this));

    internal HttpTransport Transport { get; }

    internal List<string> AccessTokens { get; } = [];

    internal List<string> RefreshTokens { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            Keep(document.RootElement, "access_token", AccessTokens);
            Keep(document.RootElement, "refresh_token", RefreshTokens);
        }

        return response;
    }

    private static void Keep(JsonElement response, string member, List<string> kept)
    {
        if (response.TryGetProperty(member, out var token))
        {
            kept.Add(token.GetString()!);
        }
    }
}
