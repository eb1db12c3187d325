using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.SignIn;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Services;

/// <summary>A service played as text; where it is known by its issuer, it says of itself what its file says.</summary>
public abstract class ServiceTest : IDisposable
{
    private protected Wire Wire { get; } = new();

    public virtual void Dispose()
    {
        Wire.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A request to a service, its variables as <c>Name=value;…</c>.</summary>
    protected static ConnectRequest To(string service, string variables = "") => new()
    {
        Provider = ServiceFiles.Find(service)!,
        Variables = variables.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
        Client = Given.Client,
    };

    /// <summary>The requests of a token, without those for metadata.</summary>
    protected async Task<IReadOnlyList<string>> SentAsync(ConnectRequest request, params string[] responses)
    {
        await ConnectAsync(request, responses);
        return Sent;
    }

    protected async Task<OAuthSession> ConnectAsync(ConnectRequest request, params string[] responses)
    {
        ArgumentNullException.ThrowIfNull(request);
        Announce(request);
        Wire.Answers(responses);
        return await Wire.ConnectAsync(request);
    }

    /// <summary>The requests that were sent, without those for metadata.</summary>
    protected IReadOnlyList<string> Sent => [.. Wire.Requests.Where(sent => !sent.Contains("/.well-known/", StringComparison.Ordinal))];

    /// <summary>Where the browser of a person is sent, with what a request says besides left out that differs each time.</summary>
    protected async Task<(string Address, string Exchange)> SignInAsync(ConnectRequest request, string response)
    {
        ArgumentNullException.ThrowIfNull(request);
        Announce(request);
        Wire.Answers(response);
        var run = await SignInRun.StartAsync(request with { Flow = OAuthFlow.AuthorizationCode, SignIn = new SignInOptions() }, wire: Wire);
        await run.AnswerWithCodeAsync();
        await run.EndAsync();
        string Known(string text) => new[] { ("state", run.State), ("challenge", run.Sent("code_challenge")), ("nonce", run.Sent("nonce")), ("redirect", Uri.EscapeDataString(run.RedirectUri)) }
            .Where(part => part.Item2 is not null).Aggregate(text, (whole, part) => whole.Replace(part.Item2!, $"<{part.Item1}>", StringComparison.Ordinal));
        var exchange = Regex.Replace(Sent[^1], "(?<=code_verifier=)[^&]+", "<verifier>");
        return (Known(run.Url.AbsoluteUri), Known(exchange));
    }

    private protected static SentJwt Jwt(string sent, string parameter) =>
        new(Regex.Match(sent, $"[\n&]{parameter}=([^&]+)").Groups[1].Value);

    private protected void Announce(ConnectRequest request)
    {
        var provider = ProviderVariables.Fill(request.Provider, request.Variables, request.ServiceUrl);
        if (provider.Issuer is { } known)
        {
            var issuer = request.ServiceUrl?.OriginalString ?? known;
            string? At(string? path) => path is null ? null : OAuthProvider.At(new Uri(issuer), path).AbsoluteUri;
            Wire.Answers(Tests.Wire.Json(new JsonObject
            {
                ["issuer"] = issuer,
                ["token_endpoint"] = At(provider.TokenEndpoint),
                ["authorization_endpoint"] = At(provider.AuthorizationEndpoint),
                ["device_authorization_endpoint"] = At(provider.DeviceAuthorizationEndpoint),
            }.ToJsonString()));
        }
    }
}
