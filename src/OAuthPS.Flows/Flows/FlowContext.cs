using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Flows;

/// <summary>What a flow works with when it runs.</summary>
/// <param name="Request">What the user gave, found to be enough.</param>
/// <param name="Server">The authorization server as this client sees it.</param>
/// <param name="Prompt">The person; null when there is nobody to ask.</param>
/// <param name="Log">Where to say what is done.</param>
internal sealed record FlowContext(ConnectRequest Request, AuthorizationServer Server, ISignInPrompt? Prompt, IFlowLog Log)
{
    /// <summary>What a sign-in of a person needs.</summary>
    /// <exception cref="OAuthUsageException">There is nobody to ask.</exception>
    internal SignInContext SignInOf(Flow flow) => new(
        flow.Name.Name,
        Request.SignIn,
        Server,
        Request.Client!,
        Request.Access,
        SentParameters.OfSignIn(Request, flow),
        Prompt ?? throw Errors.SignInNeeded(flow.Name.Name),
        Log);
}

/// <summary>
/// What a flow starts a session with: a grant for the token endpoint, or the token response that a sign-in itself brought. Neither where no
/// token is used.
/// </summary>
internal readonly record struct FlowStart(Grant? Grant, TokenResponse? Tokens)
{
    /// <summary>What the redirect of a sign-in carried besides the code; null where there was none.</summary>
    internal IReadOnlyDictionary<string, ResponseMember>? Members { get; init; }

    /// <summary>The refresh token that the user gave, and that the server may replace; null where there is none.</summary>
    internal GivenTokenUse? GivenToken { get; init; }
}
