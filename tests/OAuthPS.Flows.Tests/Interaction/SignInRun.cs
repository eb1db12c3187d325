using System.Text.RegularExpressions;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>A sign-in under way: its browser was opened and does nothing, so that the test can do it.</summary>
internal sealed class SignInRun
{
    private SignInRun(Wire wire, Uri url, Task<OAuthSession> session)
    {
        Wire = wire;
        Url = url;
        Session = session;
    }

    internal Wire Wire { get; }

    /// <summary>Where the browser was sent.</summary>
    internal Uri Url { get; }

    internal Task<OAuthSession> Session { get; }

    internal RecordingPrompt Prompt { get; private init; } = new();

    internal string State => Sent("state")!;

    internal string RedirectUri => Sent("redirect_uri")!;

    internal int Port => new Uri(RedirectUri).Port;

    internal string? Sent(string parameter) => Parameter(Url, parameter);

    internal static string? Parameter(Uri url, string parameter) =>
        Regex.Match(url.Query, $"[?&]{parameter}=([^&]*)") is { Success: true } match ? Uri.UnescapeDataString(match.Groups[1].Value) : null;

    internal static ConnectRequest Space { get; } = Given.Space with { Flow = OAuthFlow.AuthorizationCode };

    internal static ConnectRequest SpaceImplicit { get; } = Given.Space with { Flow = OAuthFlow.Implicit };

    internal static ConnectRequest Spacebring { get; } = Given.SpacebringCode with { Inputs = [], Flow = OAuthFlow.AuthorizationCode };

    internal static async Task<SignInRun> StartAsync(
        ConnectRequest request, string? redirectUri = null, Wire? wire = null, HttpTransport? transport = null, CancellationToken cancellation = default)
    {
        wire ??= new Wire().Otherwise(_ => Given.Token("token"));
        var prompt = new RecordingPrompt();
        var opened = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        request = request with
        {
            SignIn = request.SignIn with
            {
                RedirectUri = redirectUri,
                OpenBrowser = (url, _) => Task.FromResult(opened.TrySetResult(url)),
            },
        };
        var session = OAuthConnection.ConnectAsync(request, prompt, transport ?? wire.Transport, wire.Log, cancellation);
        await Task.WhenAny(opened.Task, session).WaitAsync(RawBrowser.Patience, CancellationToken.None);
        if (!opened.Task.IsCompleted)
            await session;
        return new SignInRun(wire, await opened.Task, session) { Prompt = prompt };
    }

    /// <summary>The authorization response in the query of the redirect URI.</summary>
    internal Task<string> AnswerAsync(string parameters) =>
        RawBrowser.GetAsync(Port, $"{new Uri(RedirectUri).PathAndQuery}{(RedirectUri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{parameters}");

    internal Task<string> AnswerWithCodeAsync() => AnswerAsync($"code=the-code&state={State}");

    internal Task<OAuthSession> EndAsync() => Session.WaitAsync(RawBrowser.Patience);

    internal async Task<T> FailsAsync<T>()
        where T : OAuthException => await Assert.ThrowsAsync<T>(EndAsync);
}
