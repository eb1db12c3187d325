using OAuthPS.Flows.Grants;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Interaction;

/// <summary>What connecting would send, told before anything is sent.</summary>
public static class ConnectPreview
{
    private static readonly Secret _notYetKnown = new("not yet known");

    /// <summary>The requests in their order, a line each, secrets replaced.</summary>
    /// <param name="request">What the user gave.</param>
    /// <param name="transport">What would send; the process's own when null.</param>
    /// <exception cref="OAuthException">What was given does not do: the same failure as when connecting.</exception>
    public static async Task<IReadOnlyList<string>> DescribeAsync(ConnectRequest request, HttpTransport? transport = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        transport ??= HttpTransport.Shared;
        var issuer = request.ServiceUrl?.OriginalString ?? request.Provider.Issuer;
        if (request.Provider.Issuer is not null && !transport.Discovery.IsKnown(issuer!))
        {
            return [$"GET the metadata of {WireFormat.Clean(issuer!, [])}; what follows depends on what it says. Get-OAuthServerMetadata shows it."];
        }

        (request, transport) = await OAuthConnection.CompleteAsync(request, transport, NoFlowLog.Instance, CancellationToken.None).ConfigureAwait(false);
        var plan = OAuthConnection.Plan(request, transport, NoFlowLog.Instance);
        var endpoint = OAuthConnection.Endpoint(plan, request, transport);
        return plan.Flow switch
        {
            OAuthFlow.Basic when request.Provider.Basic!.TokenEndpoint is null => [$"Nothing: each API call carries Authorization: Basic {Secret.Mask}"],
            OAuthFlow.AuthorizationCode when request.Code is null => [.. new AuthorizationCodeSignIn(request, endpoint, NobodyToAsk.Instance, NoFlowLog.Instance).Preview(), CodeExchange(request, endpoint)],
            OAuthFlow.Implicit => [.. new ImplicitSignIn(request, endpoint, NobodyToAsk.Instance, NoFlowLog.Instance).Preview()],
            OAuthFlow.DeviceCode => [endpoint.CreateDeviceRequest(request.Access).ToString(), Show(new DeviceCodeGrant(_notYetKnown), endpoint)],
            _ => [Show(OAuthConnection.GrantOf(request, plan.Flow)!, endpoint)],
        };
    }

    private static string CodeExchange(ConnectRequest request, TokenEndpoint endpoint) => Show(
        new AuthorizationCodeGrant(_notYetKnown, request.SignIn.RedirectUri ?? "http://127.0.0.1/", request.Provider.SupportsPkce ? _notYetKnown : null, nonce: null, request.Access), endpoint);

    private static string Show(Grant grant, TokenEndpoint endpoint) => grant.CreateRequest(endpoint).ToString();

    // A preview asks nobody.
    private sealed class NobodyToAsk : ISignInPrompt
    {
        internal static NobodyToAsk Instance { get; } = new();

        public void Show(string message)
        {
        }

        public Task<string?> ReadAsync(string question, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public void ShowProgress(string activity, TimeSpan? timeLeft)
        {
        }
    }
}
