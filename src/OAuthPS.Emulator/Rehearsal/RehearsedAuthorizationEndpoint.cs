namespace OAuthPS.Emulator;

/// <summary>A rehearsed server's authorization endpoint: the answer is a code, its challenge checked where there is one.</summary>
internal sealed class RehearsedAuthorizationEndpoint(EmulatorContext emulator, Rehearsal rehearsal, AuthorizationCodes codes)
    : AuthorizationEndpoint(emulator, rehearsal.Provider.DisplayName)
{
    protected override bool IsClient(string clientId) => clientId == DemoAccounts.RehearsalClientId;

    protected override bool IsUser(string userName, string password) => DemoAccounts.IsRehearsalUser(userName, password);

    protected override (string Error, string Description)? Check(RequestParameters query, ref AuthorizationRequest request)
    {
        if (query["response_type"] != "code")
        {
            return ("unsupported_response_type", "response_type must be code.");
        }

        if (Pkce.Problem(query["code_challenge"], query["code_challenge_method"]) is { } problem)
        {
            return ("invalid_request", problem);
        }

        request = request with { Scope = query["scope"] ?? "", CodeChallenge = query["code_challenge"] };
        return null;
    }

    protected override string Allow(AuthorizationRequest request, string userName)
        => request.RedirectWith(("code", codes.Issue(request, new Grant(request.ClientId, userName, request.Scope))));
}
