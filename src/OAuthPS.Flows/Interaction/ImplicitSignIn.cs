using OAuthPS.Flows.Grants;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Interaction;

/// <summary>The implicit flow (RFC 6749 section 4.2): the token itself is in the redirect's fragment.</summary>
internal sealed class ImplicitSignIn(ConnectRequest request, TokenEndpoint endpoint, ISignInPrompt prompt, IFlowLog log)
    : BrowserSignIn<TokenResponse>(request, endpoint, prompt, log)
{
    private protected override bool AnswersInFragment => true;

    private protected override OAuthFlow Flow => OAuthFlow.Implicit;

    private protected override AuthorizationRequest CreateRequest(Uri endpoint, string clientId, string redirectUri) =>
        new(endpoint, "token", clientId, redirectUri);

    private protected override TokenResponse Read(Dictionary<string, string> parameters, AuthorizationRequest sent) =>
        TokenResponse.Read(AuthorizationResponse.Check(parameters, sent, Provider), Endpoint.Clock.GetUtcNow());
}
