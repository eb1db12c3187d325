using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.SignIn;

/// <summary>What a sign-in of a person works with.</summary>
/// <param name="Flow">The flow's name, for messages.</param>
/// <param name="Options">How the person signs in.</param>
/// <param name="Server">The authorization server as this client sees it.</param>
/// <param name="Client">The client, which may sign the request.</param>
/// <param name="Access">The access that is asked for.</param>
/// <param name="AdditionalParameters">Parameters of the user's besides.</param>
/// <param name="Prompt">The person.</param>
/// <param name="Log">Where to say what is done.</param>
internal sealed record SignInContext(
    string Flow,
    SignInOptions Options,
    AuthorizationServer Server,
    OAuthClient Client,
    RequestedAccess Access,
    IReadOnlyDictionary<string, string> AdditionalParameters,
    ISignInPrompt Prompt,
    IFlowLog Log);
