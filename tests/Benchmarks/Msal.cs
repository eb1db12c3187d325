using Microsoft.Identity.Client;

namespace OAuthPS.Benchmarks;

/// <summary>MSAL.NET as a client of the same server: its authority must be HTTPS, so its messages are led to loopback on their way.</summary>
internal sealed class Msal : IMsalHttpClientFactory, IDisposable
{
    internal static readonly string[] Scopes = [Given.Scope];

    private readonly HttpClient _http;

    internal Msal(Uri server)
    {
        _http = new HttpClient(new Detour(server));
        Application = ConfidentialClientApplicationBuilder.Create(Given.ClientId)
            .WithClientSecret(Given.ClientSecret)
            .WithAuthority("https://login.microsoftonline.com/7f58f645-c190-4ce5-9de4-e2b7acd2a6ab")
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(this)
            .Build();
    }

    internal IConfidentialClientApplication Application { get; }

    public HttpClient GetHttpClient() => _http;

    public void Dispose() => _http.Dispose();

    private sealed class Detour(Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(server, request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
