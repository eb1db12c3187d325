using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Connect;

/// <summary>What connecting would send, told before anything is sent.</summary>
/// <param name="Requests">The requests in their order, a line each, secrets replaced.</param>
/// <param name="IsComplete">Whether these are all; false where the rest depends on metadata that no preview asks for.</param>
public sealed record ConnectPreview(IReadOnlyList<string> Requests, bool IsComplete)
{
    /// <summary>What a request for a session would send.</summary>
    /// <param name="request">What the user gave.</param>
    /// <param name="transport">What would send; the process's own when null.</param>
    /// <exception cref="OAuthException">What was given does not do: the same failure as when connecting.</exception>
    public static async Task<ConnectPreview> DescribeAsync(ConnectRequest request, HttpTransport? transport = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        transport = (transport ?? HttpTransport.Shared).For(request.Network);
        request = OAuthConnection.WithAddresses(request);
        var issuer = request.ServiceUrl?.OriginalString ?? request.Provider.Issuer;
        if (request.Provider.Issuer is not null && !Discovery.Of(transport).IsKnown(issuer!))
        {
            return new([$"GET the metadata of {WireFormat.Clean(issuer!, [])}; what follows depends on what it says."], IsComplete: false);
        }

        var (complete, own) = await OAuthConnection.CompleteAsync(
            request, transport, NoFlowLog.Instance, CancellationToken.None).ConfigureAwait(false);
        var plan = ConnectPlan.Create(complete, own);
        return new(
            [.. plan.Flow.Preview(new FlowContext(complete, plan.Server, NobodyToAsk.Instance, NoFlowLog.Instance))], IsComplete: true);
    }

    // A preview asks nobody.
    private sealed class NobodyToAsk : ISignInPrompt
    {
        internal static NobodyToAsk Instance { get; } = new();

        public void Show(SignInInstruction instruction)
        {
        }

        public Task<string?> ReadAsync(string question, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public void ShowProgress(string activity, TimeSpan? timeLeft)
        {
        }
    }
}
