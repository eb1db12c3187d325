using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>The client on its own behalf (RFC 6749 section 4.4).</summary>
internal sealed class ClientCredentialsFlow : Flow
{
    internal override OAuthFlow Name => OAuthFlow.ClientCredentials;

    internal override int Rank => 10;

    internal override string GrantType => GrantTypes.ClientCredentials;

    internal override bool IsOfferedInSilence => true;

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) => [ClientOf(provider)];

    internal override bool IsMeant(ConnectRequest request) =>
        request is { Inputs.Count: 0, Client: { } client, SignIn: { RedirectUri: null, NoBrowser: false } } && client.CanProveItself;

    internal override Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken) => With(Grant(context.Request));

    internal override IEnumerable<string> Preview(FlowContext context) => [Show(Grant(context.Request), context.Server)];

    internal override Grant Reopen(ConnectRequest request) => Grant(request);

    private static ClientCredentialsGrant Grant(ConnectRequest request) => new(request.Access);
}

/// <summary>The grant (RFC 6749 section 4.4.2).</summary>
internal sealed class ClientCredentialsGrant(RequestedAccess access) : Grant
{
    internal override OAuthFlow Flow => OAuthFlow.ClientCredentials;

    internal override bool CanRepeat => true;

    private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.ClientCredentials);
        access.AddTo(parameters, server.Provider);
    }
}

internal static partial class KnownFlows
{
    internal static Flow ClientCredentials { get; } = Add(new ClientCredentialsFlow());
}
