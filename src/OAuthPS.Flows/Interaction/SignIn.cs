using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Interaction;

/// <summary>Opens sessions, with a person's sign-in where the flow needs one.</summary>
public static class SignIn
{
    /// <summary>Runs any flow.</summary>
    /// <param name="request">What the user gave.</param>
    /// <param name="prompt">The person.</param>
    /// <param name="transport">What sends the requests; the process's own when null.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the wait, and frees the port.</param>
    /// <exception cref="OAuthException">The person or the provider said no, the time ran out, or what was given does not do.</exception>
    public static async Task<OAuthSession> ConnectAsync(
        ConnectRequest request, ISignInPrompt prompt, HttpTransport? transport = null, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        transport ??= HttpTransport.Shared;
        log ??= NoFlowLog.Instance;
        (request, transport) = await OAuthConnection.CompleteAsync(request, transport, log, cancellationToken).ConfigureAwait(false);
        var plan = OAuthConnection.Plan(request, transport, log);
        var endpoint = OAuthConnection.Endpoint(plan, request, transport);
        request = plan.Flow switch
        {
            OAuthFlow.AuthorizationCode when request.Code is null => request with { Code = await new AuthorizationCodeSignIn(request, endpoint, prompt, log).RunAsync(cancellationToken).ConfigureAwait(false) },
            OAuthFlow.Implicit => request with { SignInAnswer = await new ImplicitSignIn(request, endpoint, prompt, log).RunAsync(cancellationToken).ConfigureAwait(false) },
            OAuthFlow.DeviceCode => request with { SignInAnswer = await new DeviceSignIn(request, endpoint, prompt, log).RunAsync(cancellationToken).ConfigureAwait(false) },
            _ => request,
        };
        return await OAuthConnection.OpenAsync(plan, request, transport, log, cancellationToken).ConfigureAwait(false);
    }
}
