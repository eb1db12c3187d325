using System.Globalization;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.SignIn;
using OAuthPS.Flows.Tokens;
using OAuthPS.Flows.Vendors.SpatiaFi;

namespace OAuthPS.Flows.Connect;

/// <summary>
/// Opens sessions: one journey, each step once. The provider is completed, the flow chosen and checked, a person signs in where the
/// flow needs one, the token is requested, and the session stands.
/// </summary>
public static class OAuthConnection
{
    /// <summary>Runs a flow where there is nobody to ask.</summary>
    /// <param name="request">What the user gave.</param>
    /// <param name="transport">What sends the requests; the process's own when null.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <exception cref="OAuthUsageException">What was given does not do, or the flow needs a person; nothing was sent.</exception>
    /// <exception cref="OAuthException">The provider was not reached or said no, or there was no token in the response.</exception>
    public static Task<OAuthSession> ConnectAsync(
        ConnectRequest request, HttpTransport? transport = null, IFlowLog? log = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(request, null, transport, log, cancellationToken);

    /// <summary>Runs any flow.</summary>
    /// <param name="request">What the user gave.</param>
    /// <param name="prompt">The person, for flows that need one; null when there is nobody to ask.</param>
    /// <param name="transport">What sends the requests; the process's own when null.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the wait, and frees the port of a sign-in.</param>
    /// <exception cref="OAuthUsageException">What was given does not do; nothing was sent.</exception>
    /// <exception cref="OAuthException">
    /// The person or the provider said no, the time ran out, or there was no token in the response.
    /// </exception>
    public static Task<OAuthSession> ConnectAsync(
        ConnectRequest request, ISignInPrompt? prompt, HttpTransport? transport = null, IFlowLog? log = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return OAuthActivity.RunAsync(
            "connect",
            activity => activity.SetTag(OAuthActivity.ProviderTag, request.Provider.Name).AddFlow(KnownFlows.Find(request.Flow)?.Name.Name),
            () => OpenCitedAsync(request, prompt, transport ?? HttpTransport.Shared, log ?? NoFlowLog.Instance, cancellationToken),
            static (activity, session) =>
            {
                activity.AddFlow(session.Flow.Name);
                activity.AddServer(session.ServiceUrl);
            });
    }

    // What is known of a service is as old as its documentation was when it was read; the service may have changed since.
    private static async Task<OAuthSession> OpenCitedAsync(
        ConnectRequest request, ISignInPrompt? prompt, HttpTransport transport, IFlowLog log, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(request, prompt, transport, log, cancellationToken).ConfigureAwait(false);
        }
        catch (OAuthServerException refusal) when (request.Provider is { Documentation: not null, DocumentationRead: not null })
        {
            var (name, page, day) = (request.Provider.DisplayName, request.Provider.Documentation, request.Provider.DocumentationRead);
            refusal.Cite(string.Create(
                CultureInfo.InvariantCulture, $"What is known here of {name} is from {page}, read on {day:yyyy-MM-dd}."));
            throw;
        }
    }

    private static async Task<OAuthSession> OpenAsync(
        ConnectRequest request, ISignInPrompt? prompt, HttpTransport transport, IFlowLog log, CancellationToken cancellationToken)
    {
        var (complete, own) = await CompleteAsync(request, transport, log, cancellationToken).ConfigureAwait(false);
        var plan = ConnectPlan.Create(complete, own);
        FlowChoice.RequirePerson(complete, plan.Flow, prompt);
        ConnectWarnings.Give(plan, log);
        var start = await plan.Flow.StartAsync(
            new FlowContext(complete, plan.Server, prompt, log), cancellationToken).ConfigureAwait(false);
        var tokens = start.Grant is { } grant
            ? await RequestAsync(plan.Server, grant, start.GivenToken, log, cancellationToken).ConfigureAwait(false)
            : start.Tokens;
        start.GivenToken?.End();
        return Open(
            plan,
            start.Grant,
            tokens is null
                ? null
                : new TokenState(tokens.AccessToken, tokens.RefreshToken ?? start.Grant?.RefreshToken, tokens.Subject)
                {
                    // What came through the browser may be anybody's until it is checked.
                    IdToken = start.Grant is null && tokens.Subject is null ? null : tokens.IdToken,
                    RefreshTokenSpan = tokens.RefreshTokenSpan,
                    Members = ResponseMembers.Merge(start.Members ?? ResponseMembers.None, tokens.Members),
                });
    }

    // Where a token is used up by the request, whoever gives up the wait does not lose its successor: the next try sends that one.
    private static async Task<TokenResponse> RequestAsync(
        AuthorizationServer server, Grant grant, GivenTokenUse? given, IFlowLog log, CancellationToken cancellationToken)
    {
        if (given is null)
        {
            return await server.RequestAsync(grant, log, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var request = server.RequestAsync(grant, log, CancellationToken.None, given.KeepAsync);
        try
        {
            return await request.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            given.Leave(request);
            throw;
        }
    }

    /// <summary>
    /// The request with the vendor's credential where it is wanted, and to a provider whose server has been asked what it offers; and the
    /// client's transport.
    /// </summary>
    internal static async Task<(ConnectRequest Request, HttpTransport Transport)> CompleteAsync(
        ConnectRequest request, HttpTransport transport, IFlowLog log, CancellationToken cancellationToken)
    {
        request = VendorCredentials.OfUser.Complete(WithAddresses(request), log);
        transport = transport.For(request.Network).For(request.Client?.Certificate);
        var provider = await ProviderDiscovery.CompleteAsync(
            request.Provider, request.ServiceUrl, transport, log, cancellationToken).ConfigureAwait(false);
        return (request with { Provider = provider }, transport);
    }

    /// <summary>The request to a provider whose addresses are complete.</summary>
    internal static ConnectRequest WithAddresses(ConnectRequest request) => request is { Variables.Count: 0, Provider.Variables.Count: 0 }
        ? request
        : request with { Provider = ProviderVariables.Fill(request.Provider, request.Variables, request.ServiceUrl) };

    /// <summary>
    /// A session as a vault has kept it. What needed a person, or a password that is not kept, is not repeated: the refresh token is the
    /// way then.
    /// </summary>
    internal static OAuthSession Reopen(ConnectRequest request, TokenState? state, HttpTransport transport)
    {
        var flow = KnownFlows.Get(request.Flow!);
        var plan = ConnectPlan.Create(request, flow, transport);
        plan.Server.Client?.Restore(request.FoundClientAuthentication);
        return Open(plan, flow.Reopen(request), state);
    }

    private static OAuthSession Open(ConnectPlan plan, Grant? grant, TokenState? state)
    {
        var (request, server) = (plan.Request, plan.Server);
        var tokens = state is null ? null
            : new SessionTokens(request.SessionName, plan.Flow.Name, state, new GrantRenewal(server, grant, request.Access), server.Clock);
        var origins = new ApiOrigins(request, server.ServiceUrl, () => tokens?.State?.Members);
        var api = new ApiAccess(
            request.SessionName, origins, plan.Authorization, plan.Headers, plan.Transport, request.Timeout)
        {
            DPoP = server.DPoP,
            Scheme = server.Provider.ApiAuthorizationScheme,
        };

        // What a sign-in or a first request used up is not kept; claims sign every assertion to come.
        var origin = request with { Inputs = [.. request.Inputs.OfType<AssertionClaims>()] };
        return new OAuthSession(request.SessionName, plan.Flow.Name, server, tokens, api, origin);
    }
}
