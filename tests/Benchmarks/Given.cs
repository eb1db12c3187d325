using System.Net;
using System.Net.Http.Headers;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Benchmarks;

/// <summary>What the benchmarks connect with, and to.</summary>
internal static class Given
{
    internal const string ClientId = "0f8fad5b-d9cb-469f-a165-70867728950e";
    internal const string ClientSecret = "a client secret of forty characters long";
    internal const string Scope = "https://api.example.com/.default";

    /// <summary>A server that wants what RFC 6749 has: a form, id and secret in it.</summary>
    internal static ConnectRequest Request(Uri serviceUrl, string? name = null) => new()
    {
        Provider = _provider,
        Name = name,
        ServiceUrl = serviceUrl,
        Client = new OAuthClient(ClientId, new Secret(ClientSecret)),
        Scope = [Scope],
    };

    private static readonly OAuthProvider _provider = new()
    {
        Name = "Example",
        DisplayName = "Example",
        Documentation = new Uri("https://example.com"),
        TokenEndpoint = "/token",
        Flows = [OAuthFlow.ClientCredentials],
        ClientAuthentications = [ClientAuthenticationMethod.Post],
    };

    /// <summary>The same request as a script with a bare <see cref="HttpClient"/> would make it.</summary>
    internal static FormUrlEncodedContent Form() => new(
    [
        new("grant_type", "client_credentials"),
        new("client_id", ClientId),
        new("client_secret", ClientSecret),
        new("scope", Scope),
    ]);

    /// <summary>Answers from memory, without a server.</summary>
    internal sealed class MemoryHandler : HttpMessageHandler
    {
        private static readonly MediaTypeHeaderValue _json = new("application/json");

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ReadOnlyMemoryContent(TokenServer.Response) { Headers = { ContentType = _json } },
            });
    }
}
