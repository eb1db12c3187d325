using System.Net.Http.Headers;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Grants;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Sessions;

/// <summary>Opens sessions.</summary>
public static class OAuthConnection
{
    /// <summary>Runs a flow that needs no person, or exchanges the code that a person's sign-in brought.</summary>
    /// <param name="request">What the user gave.</param>
    /// <param name="transport">What sends the requests; the process's own when null.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="OAuthUsageException">What was given does not do; nothing was sent.</exception>
    /// <exception cref="OAuthException">The provider was not reached, or did not answer with a token.</exception>
    public static async Task<OAuthSession> ConnectAsync(
        ConnectRequest request, HttpTransport? transport = null, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        log ??= NoFlowLog.Instance;
        transport ??= HttpTransport.Shared;
        (request, transport) = await CompleteAsync(request, transport, log, cancellationToken).ConfigureAwait(false);
        return await OpenAsync(Plan(request, transport, log), request, transport, log, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request with the vendor's credential where it is wanted, and to a provider whose server has been asked what it offers; and the client's transport.</summary>
    internal static async Task<(ConnectRequest Request, HttpTransport Transport)> CompleteAsync(
        ConnectRequest request, HttpTransport transport, IFlowLog log, CancellationToken cancellationToken)
    {
        request = VendorCredentials.OfUser.Complete(request, log);
        transport = transport.For(request.Client?.Certificate);
        var provider = await ProviderDiscovery.CompleteAsync(request.Provider, request.ServiceUrl, transport, log, cancellationToken).ConfigureAwait(false);
        return (request with { Provider = provider }, transport);
    }

    /// <summary>Checks what was given before anything is sent or anybody is asked, and says what there is to say about it.</summary>
    internal static ConnectPlan Plan(ConnectRequest request, HttpTransport transport, IFlowLog log)
    {
        var provider = request.Provider;
        var flow = FlowChoice.Choose(request);
        if (request.Name is { } name && !TerminalText.IsHarmless(name))
        {
            throw Errors.SessionName();
        }

        var serviceUrl = SecureUrl.RequireShowable(request.ServiceUrl ?? provider.ServiceUrl ?? throw Errors.ServiceUrlNeeded(provider));
        var headers = RequestHeaders.Check(request.Headers);
        request.Access.Check();
        var client = request.Client is null ? null : Authenticator(request, flow);
        ConnectWarnings.Give(request, flow, client, headers, log);
        return new ConnectPlan(flow, serviceUrl, client, headers, Prover(request, flow, transport));
    }

    internal static async Task<OAuthSession> OpenAsync(
        ConnectPlan plan, ConnectRequest request, HttpTransport transport, IFlowLog log, CancellationToken cancellationToken)
    {
        var name = request.Name ?? request.Provider.Name;
        var endpoint = Endpoint(plan, request, transport);
        var basic = BasicOnEveryCall(request, plan.Flow);
        var grant = basic is null ? GrantOf(request, plan.Flow) : null;
        var answer = grant is null ? request.SignInAnswer : await endpoint.RequestAsync(grant, log, cancellationToken).ConfigureAwait(false);
        var tokens = answer is null ? null : Tokens(name, request, plan.Flow, answer, new GrantRenewal(endpoint, grant, request.Access), endpoint.Clock);
        var api = new ApiAccess(name, plan.ServiceUrl, basic, plan.Headers, transport, request.Timeout) { DPoP = plan.DPoP };
        return new OAuthSession(name, plan.Flow, endpoint, tokens, api, WithoutSignIn(request));
    }

    /// <summary>A session as a vault has kept it.</summary>
    internal static OAuthSession Reopen(ConnectRequest request, VaultEntry entry, HttpTransport transport)
    {
        var serviceUrl = SecureUrl.RequireShowable(request.ServiceUrl!);
        var plan = new ConnectPlan(entry.Flow, serviceUrl, request.Client is null ? null : Authenticator(request, entry.Flow), RequestHeaders.Check(request.Headers), Prover(request, entry.Flow, transport));
        var endpoint = Endpoint(plan, request, transport);
        var api = new ApiAccess(request.Name!, serviceUrl, BasicOnEveryCall(request, entry.Flow), plan.Headers, transport, request.Timeout) { DPoP = plan.DPoP };

        // What needed a person, or a password that is not kept, is not repeated: the refresh token is the way then.
        Grant? grant = entry.Flow switch
        {
            OAuthFlow.ClientCredentials => new ClientCredentialsGrant(request.Access),
            OAuthFlow.JwtBearer when request.Client?.Key is not null => JwtBearer(request),
            _ => null,
        };
        var tokens = entry.ToState() is { } state
            ? new SessionTokens(request.Name!, entry.Flow, state, new GrantRenewal(endpoint, grant, request.Access), endpoint.Clock)
            : null;
        return new OAuthSession(request.Name!, entry.Flow, endpoint, tokens, api, request);
    }

    private static ConnectRequest WithoutSignIn(ConnectRequest request) =>
        request with { User = null, RefreshToken = null, TokenExchange = null, Assertion = null, Code = null, SignInAnswer = null };

    internal static TokenEndpoint Endpoint(ConnectPlan plan, ConnectRequest request, HttpTransport transport)
    {
        // Where a person signed in, the additional parameters were the sign-in's.
        var additional = plan.Flow is OAuthFlow.AuthorizationCode or OAuthFlow.Implicit ? new Dictionary<string, string>() : request.AdditionalParameters;
        return new TokenEndpoint(request.Provider, plan.ServiceUrl, plan.Client, additional, transport, request.Timeout) { DPoP = plan.DPoP };
    }

    /// <summary>What is asked for a token with; null where the sign-in itself brings one.</summary>
    /// <exception cref="OAuthUsageException">The flow needs a person, and nobody has signed in.</exception>
    internal static Grant? GrantOf(ConnectRequest request, OAuthFlow flow) => flow switch
    {
        OAuthFlow.ClientCredentials => new ClientCredentialsGrant(request.Access),
        OAuthFlow.Password => new PasswordGrant(request.User!, request.Access),
        OAuthFlow.TokenExchange => new TokenExchangeGrant(request.TokenExchange!, request.Access),
        OAuthFlow.JwtBearer => JwtBearer(request),
        OAuthFlow.Basic => new TemporaryTokenGrant(request.User!, request.Provider.Basic!.TokenEndpoint!),
        OAuthFlow.RefreshToken => new RefreshTokenGrant(request.RefreshToken!, request.Access),
        OAuthFlow.AuthorizationCode when request.Code is { } code => new AuthorizationCodeGrant(code.Code, code.RedirectUri, code.CodeVerifier, code.Nonce, request.Access),
        OAuthFlow.Implicit or OAuthFlow.DeviceCode when request.SignInAnswer is not null => null,
        _ => throw Errors.SignInNeeded(flow),
    };

    private static JwtBearerGrant JwtBearer(ConnectRequest request) => new(request.Assertion, request.Client, request.AssertionClaims, request.Access);

    // With HTTP Basic on every call there is no token endpoint to authenticate at. A key that signs the grant itself proves the
    // client with it (RFC 7523 section 3.1), unless it is asked for another proof besides.
    private static ClientAuthenticator? Authenticator(ConnectRequest request, OAuthFlow flow) =>
        flow == OAuthFlow.Basic || (flow == OAuthFlow.JwtBearer && request is { Assertion: null, ClientAuthentication: null })
            ? null
            : ClientAuthenticator.Create(request.Provider, flow, request.Client!, request.ClientAuthentication);

    // One key for each session, that nobody can tell two sessions of one machine to be the same one's (RFC 9449 section 13).
    private static DPoPProver? Prover(ConnectRequest request, OAuthFlow flow, HttpTransport transport) => !request.DPoP ? null
        : flow is OAuthFlow.Basic or OAuthFlow.Implicit ? throw Errors.ParameterNotUsed(request.Provider, flow, "-DPoP")
        : new DPoPProver(request.DPoPKey ?? DPoPKey.Create(), transport.Clocks.NowAt);

    private static AuthenticationHeaderValue? BasicOnEveryCall(ConnectRequest request, OAuthFlow flow) =>
        flow == OAuthFlow.Basic && request.Provider.Basic!.TokenEndpoint is null
            ? BasicHeader.Create(request.Client!.Id, request.Client.ClientSecret!, request.Provider.BasicEncoding)
            : null;

    private static SessionTokens Tokens(string name, ConnectRequest request, OAuthFlow flow, TokenResponse answer, GrantRenewal renewal, TimeProvider clock)
    {
        // The refresh flow starts with one that stays good where the answer has no other (RFC 6749 section 6).
        var refreshToken = answer.RefreshToken ?? (flow == OAuthFlow.RefreshToken ? request.RefreshToken : null);
        return new SessionTokens(name, flow, new TokenState(answer.AccessToken, refreshToken, answer.Subject), renewal, clock);
    }
}
