using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Sessions;

/// <summary>What is to be done about a <see cref="ConnectRequest"/>, once it has been found to do.</summary>
internal sealed record ConnectPlan(OAuthFlow Flow, Uri ServiceUrl, ClientAuthenticator? Client, IReadOnlyDictionary<string, string> Headers, DPoPProver? DPoP);
