using System.Net.Http.Headers;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Connect;

/// <summary>
/// What connecting comes to, found before anything is sent or anybody is asked: the flow, and the server as this client sees it.
/// </summary>
internal sealed record ConnectPlan(
    ConnectRequest Request, Flow Flow, AuthorizationServer Server, IReadOnlyDictionary<string, string> Headers,
    AuthenticationHeaderValue? Authorization, HttpTransport Transport)
{
    /// <summary>The plan for a request whose provider is complete.</summary>
    /// <exception cref="OAuthUsageException">What was given does not do.</exception>
    internal static ConnectPlan Create(ConnectRequest request, HttpTransport transport) =>
        Create(request, FlowChoice.Choose(request), transport);

    /// <summary>The plan for a session that is opened again: its flow was chosen when it was connected.</summary>
    internal static ConnectPlan Create(ConnectRequest request, Flow flow, HttpTransport transport)
    {
        var provider = request.Provider;
        if (!TerminalText.IsHarmless(request.SessionName))
        {
            throw Errors.SessionName();
        }

        var serviceUrl = SecureUrl.RequireShowable(
            request.ServiceUrl ?? provider.ServiceUrl ?? throw Errors.ServiceUrlNeeded(provider.Names, provider.ServiceUrlExample));
        var headers = RequestHeaders.Check(request.Headers);
        request.Access.Check();
        foreach (var url in request.ApiUrls)
        {
            SecureUrl.RequireShowable(url);
        }

        var server = new AuthorizationServer(
            provider, serviceUrl, flow.Authenticator(request), SentParameters.OfTokenRequests(request, flow), transport, request.Timeout)
        {
            DPoP = Prover(request, transport),
            Headers = SentHeaders.OfTokenRequests(provider, flow, headers),
        };
        return new ConnectPlan(request, flow, server, headers, flow.AuthorizationOfEachCall(request), transport);
    }

    // One key for each session, that nobody can tell two sessions of one machine to be the same one's (RFC 9449 section 13).
    private static DPoPProver? Prover(ConnectRequest request, HttpTransport transport) =>
        request.DPoP ? new DPoPProver(request.DPoPKey ?? DPoPKey.Create(), transport.Clocks.NowAt) : null;
}
