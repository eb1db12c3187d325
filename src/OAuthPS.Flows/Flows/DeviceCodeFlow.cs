using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>The person signs in on another device (RFC 8628), and this one asks whether they have.</summary>
internal sealed class DeviceCodeFlow : Flow
{
    private static readonly Secret _notYetKnown = new("not yet known");

    internal override OAuthFlow Name => OAuthFlow.DeviceCode;

    internal override int Rank => 30;

    internal override string GrantType => GrantTypes.DeviceCode;

    internal override bool NeedsPerson => true;

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) => [ClientOf(provider, mayBePublic: true)];

    internal override bool IsMeant(ConnectRequest request) =>
        request is { Inputs.Count: 0, Client: not null, SignIn: { RedirectUri: null, NoBrowser: false } };

    internal override string? FlawOf(OAuthProvider provider) =>
        provider.DeviceAuthorizationEndpoint is null ? "a flow of it needs 'deviceAuthorizationEndpoint'" : null;

    // Its endpoint is of no use to another flow, and says enough.
    internal override bool IsOffered(ServerMetadata metadata) =>
        metadata.DeviceAuthorizationEndpoint is not null || base.IsOffered(metadata);

    internal override async Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken) =>
        new(null, await new DeviceSignIn(context.SignInOf(this)).RunAsync(cancellationToken).ConfigureAwait(false));

    internal override IEnumerable<string> Preview(FlowContext context) =>
        [context.Server.CreateDeviceRequest(context.Request.Access).ToString(), Show(new DeviceCodeGrant(_notYetKnown), context.Server)];
}

/// <summary>The grant (RFC 8628 section 3.4).</summary>
internal sealed class DeviceCodeGrant(Secret deviceCode) : Grant
{
    internal override OAuthFlow Flow => OAuthFlow.DeviceCode;

    internal override bool CanRepeat => false;

    private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.DeviceCode);
        parameters.Add(ParameterNames.DeviceCode, deviceCode);
    }
}

internal static partial class KnownFlows
{
    internal static Flow DeviceCode { get; } = Add(new DeviceCodeFlow());
}
