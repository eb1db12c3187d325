namespace OAuthPS.Emulator;

/// <summary><c>/oauth2/authorize</c>: the scopes are "separated by spaces or commas", the answer is always a code.</summary>
internal sealed class SpacebringAuthorizationEndpoint(EmulatorContext emulator, AuthorizationCodes codes)
    : AuthorizationEndpoint(emulator, "Spacebring")
{
    // What the documented token answer has.
    private const string DefaultScope = "resources locations";

    protected override bool IsClient(string clientId) => clientId == DemoAccounts.SpacebringClientId;

    protected override bool IsUser(string userName, string password)
        => userName == DemoAccounts.SpacebringUserName & password.IsSameSecret(DemoAccounts.SpacebringPassword);

    protected override (string Error, string Description)? Check(RequestParameters query, ref AuthorizationRequest request)
    {
        if (query["response_type"] != "code")
        {
            return ("unsupported_response_type", "response_type must be code.");
        }

        var scope = (query["scope"] ?? DefaultScope).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (scope.Length == 0 || !scope.All(ScopeText.IsToken))
        {
            return ("invalid_scope", "scope is a list of scopes separated by spaces or commas.");
        }

        // Not the scope itself: it may hold what the address of an answer cannot.
        if (!scope.All(SpacebringScope.IsKnown))
        {
            return ("invalid_scope", "There is no such scope.");
        }

        // A code_challenge is not documented, so it is not kept and no code_verifier will be asked for.
        request = request with { Scope = string.Join(' ', scope) };
        return null;
    }

    protected override string Allow(AuthorizationRequest request, string userName)
        => request.RedirectWith(("code", codes.Issue(request, new Grant(request.ClientId, userName, request.Scope))));
}
