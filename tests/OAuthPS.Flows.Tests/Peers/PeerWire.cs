using System.Text.Json;
using System.Web;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>A transport that keeps what goes to a peer and comes back, with what is random replaced by <c>…</c>.</summary>
internal sealed class PeerWire : DelegatingHandler
{
    private static readonly string[] _random =
    [
        "client_assertion", "code", "code_challenge", "code_verifier", "state", "nonce", "token", "refresh_token", "device_code", "redirect_uri", "client_assertion_type",
    ];

    internal PeerWire()
        : base(HttpTransport.CreateHandler()) => Transport = new HttpTransport(new HttpMessageInvoker(this), new FastTimers());

    internal HttpTransport Transport { get; }

    /// <summary>Method, path and parameters; metadata and keys are left out.</summary>
    internal List<string> Requests { get; } = [];

    /// <summary>The status, and the error where there is one.</summary>
    internal List<string> Answers { get; } = [];

    /// <summary>The client assertions, in order.</summary>
    internal List<SentJwt> Assertions { get; } = [];

    /// <summary>The proofs of a code (RFC 7636 section 4.5), in order.</summary>
    internal List<string> CodeVerifiers { get; } = [];

    internal List<string> RefreshTokens { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.Contains("/.well-known/", StringComparison.Ordinal))
        {
            return response;
        }

        Requests.Add($"{request.Method} {request.RequestUri.AbsolutePath} {Show(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken))}");
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        using var answer = response.Content.Headers.ContentType?.MediaType == "application/json" && body.Length > 0 ? JsonDocument.Parse(body) : null;
        Answers.Add($"{(int)response.StatusCode} {Member(answer, "error")}".TrimEnd());
        if (Member(answer, "refresh_token") is { } refreshToken)
        {
            RefreshTokens.Add(refreshToken);
        }

        return response;
    }

    private static string? Member(JsonDocument? answer, string name) => answer?.RootElement.TryGetProperty(name, out var value) == true ? value.GetString() : null;

    private string Show(string form)
    {
        var parameters = HttpUtility.ParseQueryString(form);
        if (parameters["client_assertion"] is { } assertion)
        {
            Assertions.Add(new SentJwt(assertion));
        }

        if (parameters["code_verifier"] is { } verifier)
        {
            CodeVerifiers.Add(verifier);
        }

        return string.Join('&', parameters.AllKeys.Order(StringComparer.Ordinal).Select(name => $"{name}={(_random.Contains(name) ? "…" : parameters[name])}"));
    }
}
