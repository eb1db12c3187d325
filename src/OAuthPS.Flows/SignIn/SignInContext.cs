using System.Security.Cryptography;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Jose;
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
    IFlowLog Log)
{
    /// <summary>
    /// Binds an ID token to this sign-in (OpenID Connect Core 1.0 sections 3.1.2.1 and 3.2.2.1): the user's own, or 128 random bits; null
    /// where no <c>openid</c> is in the scope. A server whose issuer is not known may want it all the same.
    /// </summary>
    internal string? Nonce { get; } = (AdditionalParameters.GetValueOrDefault(ParameterNames.Scope) ?? Access.Scope)?.Split(' ')
        .Contains("openid") == true
        ? AdditionalParameters.GetValueOrDefault(ParameterNames.Nonce) ?? Base64Url.Encode(RandomNumberGenerator.GetBytes(16))
        : null;
}
