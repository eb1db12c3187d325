using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.SignIn;

/// <summary>
/// Sorts what reaches the listener. Any page can send a browser here; what ends the wait is a response that knows the request's state,
/// and comes as a page of its own. All else is refused, and the wait goes on.
/// </summary>
internal sealed class RedirectReceiver(
    LoopbackListener listener, AuthorizationRequest sent, ResponseMode asked, string provider, string program, IFlowLog log)
{
    private static readonly BrowserReply _refused = new("400 Bad Request");
    private static readonly BrowserReply _notFound = new("404 Not Found");
    private static readonly string[] _purposes = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];

    private int _taken;
    private int _told;
    private volatile string? _refusal;

    /// <summary>What became of the last response without the state, for the end of the wait; null when there was none.</summary>
    internal string? Refusal => _refusal;

    /// <param name="received">The request.</param>
    /// <param name="take">Takes parameters, and where they stand, as the response.</param>
    internal async Task<BrowserReply> ReplyAsync(BrowserRequest received, Func<string, ResponseMode, Task> take)
    {
        if (!listener.IsExpected(received))
        {
            return _notFound;
        }

        if (received.Method == "GET" && IsNavigation(received) && received.Query == listener.Address.Query.TrimStart('?'))
        {
            // Nothing but the redirect URI itself: in the fragment there may be a response; else it is a stray request.
            return asked == ResponseMode.Fragment ? new BrowserReply("200 OK", SignInPage.Fragment(program)) : _notFound;
        }

        if (ResponseIn(received) is not var (response, place))
        {
            return _refused;
        }

        if (ResponseState.FlawIn(response, sent) is { } flaw)
        {
            return Refuse(response, flaw);
        }

        // Once: what comes after the response is a stray request too.
        if (Interlocked.Exchange(ref _taken, 1) != 0)
        {
            return _refused;
        }

        try
        {
            await take(response, place).ConfigureAwait(false);
            return new BrowserReply("200 OK", SignInPage.Success(provider, program), IsLast: true);
        }
        catch (OAuthException refused)
        {
            return new BrowserReply("400 Bad Request", SignInPage.Failure(refused.WhatHappened, program), IsLast: true);
        }
    }

    // The page of the fragment posts the end of its own address, nobody else may. A form comes from the server, and so from another
    // site: what tells it from anybody's is the state in it, as in the query.
    private (string Parameters, ResponseMode Place)? ResponseIn(BrowserRequest received) => received.Method switch
    {
        "GET" when IsNavigation(received) => (received.Query, ResponseMode.Query),
        "POST" when asked == ResponseMode.Fragment && received.Headers.TryGetValue("Origin", out var origin)
            && origin == listener.Address.GetLeftPart(UriPartial.Authority) => (received.Body, ResponseMode.Fragment),
        "POST" when asked == ResponseMode.Form && IsNavigation(received) && IsForm(received) => (received.Body, ResponseMode.Form),
        _ => null,
    };

    private static bool IsForm(BrowserRequest received) => received.Headers.TryGetValue("Content-Type", out var type)
        && type.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    // A response comes as a page of its own, when a person's browser goes there. An image, a script, a frame or what a browser fetches
    // before anybody wants it is some other page's doing (Fetch Metadata, sections 2.1, 2.2 and 2.5).
    private static bool IsNavigation(BrowserRequest received) =>
        IsOrIsAbsent(received, "Sec-Fetch-Mode", "navigate") && IsOrIsAbsent(received, "Sec-Fetch-Dest", "document")
            && !_purposes.Any(received.Headers.ContainsKey);

    private static bool IsOrIsAbsent(BrowserRequest received, string name, string value) =>
        !received.Headers.TryGetValue(name, out var found) || found == value;

    private BrowserReply Refuse(string response, string flaw)
    {
        var error = ResponseState.ErrorWithoutState(response, sent);
        _refusal = error is null ? $"it {flaw}." : $"it {flaw}, and says: {Errors.Sentence(error)}";
        var notice = Notices.ResponseNotAccepted(_refusal);

        // Once: a page that knocks on and on must not fill the screen.
        if (Interlocked.Exchange(ref _told, 1) == 0)
        {
            log.Warning(notice);
        }
        else
        {
            log.Verbose(notice);
        }

        return new BrowserReply("400 Bad Request", SignInPage.NotAccepted($"It {flaw}.", program));
    }
}
