using System.Collections.Concurrent;

namespace OAuthPS.Emulator;

/// <summary>An authorization endpoint with its sign-in page; what it accepts and answers is its provider's.</summary>
internal abstract class AuthorizationEndpoint(EmulatorContext emulator, string providerName)
{
    private static readonly TimeSpan _pageLifetime = TimeSpan.FromMinutes(10);

    // Under an id only the page knows, so that no other site can post the form (RFC 6749 section 10.12).
    private readonly ConcurrentDictionary<string, (AuthorizationRequest Request, DateTimeOffset Expires)> _open = new();

    /// <summary><c>GET</c>: the sign-in page, or what is wrong with the request.</summary>
    public Answer Show(HttpContext context)
    {
        var query = RequestParameters.FromQuery(context);
        // Nothing is redirected before client and redirect URI are known good (RFC 6749 section 4.1.2.1).
        if (query.Doubled is "client_id" or "redirect_uri")
        {
            return SignInPage.Problem(providerName, "The request names its client or its redirect URI more than once.");
        }

        if (query["client_id"] is not { } clientId || !IsClient(clientId))
        {
            return SignInPage.Problem(providerName, "The request comes from a client that is not registered (client_id).");
        }

        if (query["redirect_uri"] is not { } redirectUri || !RedirectUri.IsRegistered(redirectUri))
        {
            return SignInPage.Problem(providerName, "The request wants an answer at an address that is not registered (redirect_uri).");
        }

        var request = new AuthorizationRequest
        {
            ClientId = clientId,
            RedirectUri = redirectUri,
            EncodedState = query.Encoded("state"),
            Implicit = query["response_type"] == "token",
        };
        if (query.Doubled is { } doubled)
        {
            return Refuse(302, request, "invalid_request", $"The parameter {doubled} is included more than once.");
        }

        if (query["response_type"] is null)
        {
            return Refuse(302, request, "invalid_request", "The parameter response_type is missing.");
        }

        if (Check(query, ref request) is var (error, description))
        {
            return Refuse(302, request, error, description);
        }

        var id = SecretText.Random();
        _open[id] = (request, emulator.Now + _pageLifetime);
        return SignInPage.Ask(providerName, request, context.Request.Path, id, failedUserName: null);
    }

    /// <summary><c>POST</c>: what the user decided on the page.</summary>
    public Answer Decide(HttpContext context)
    {
        if (RequestParameters.FromForm(context) is not { } form)
        {
            return SignInPage.Problem(providerName, "This address takes the form of its own page only.");
        }

        if (form["request_id"] is not { } id || !_open.TryGetValue(id, out var pending) || pending.Expires <= emulator.Now)
        {
            return SignInPage.Problem(providerName, "This page was answered before or has expired. Start again from the application.");
        }

        // 303 turns the POST into a GET, so that no password is posted on to the client (RFC 9700 section 4.12).
        switch (form["decision"])
        {
            case "deny":
                return _open.TryRemove(id, out _)
                    ? Refuse(303, pending.Request, "access_denied", "The user denied the request.")
                    : AnsweredBefore();
            case "allow":
                if (form["username"] is not { } userName || form["password"] is not { } password || !IsUser(userName, password))
                {
                    return SignInPage.Ask(providerName, pending.Request, context.Request.Path, id, failedUserName: form["username"] ?? "");
                }

                return _open.TryRemove(id, out _) ? Answer.Redirect(303, Allow(pending.Request, userName)) : AnsweredBefore();
            default:
                return SignInPage.Problem(providerName, "The form says neither allow nor deny.");
        }
    }

    protected abstract bool IsClient(string clientId);

    protected abstract bool IsUser(string userName, string password);

    /// <summary>Completes the request from its parameters, or says what is wrong with them.</summary>
    protected abstract (string Error, string Description)? Check(RequestParameters query, ref AuthorizationRequest request);

    /// <summary>The URL to go back to with what was granted.</summary>
    protected abstract string Allow(AuthorizationRequest request, string userName);

    private static Answer Refuse(int status, AuthorizationRequest request, string error, string description)
        => Answer.Redirect(status, request.RedirectWith(("error", error), ("error_description", description)));

    private Answer AnsweredBefore() => SignInPage.Problem(providerName, "This page was answered before.");
}
