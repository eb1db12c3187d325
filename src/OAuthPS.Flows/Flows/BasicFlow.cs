using System.Net.Http.Headers;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>HTTP Basic (RFC 7617): of the client on every API call, or of a person once, for a temporary token.</summary>
internal sealed class BasicFlow : Flow
{
    internal override OAuthFlow Name => OAuthFlow.Basic;

    internal override int Rank => 90;

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) =>
        [IsOfUser(provider) ? FlowNeed.User : FlowNeed.Client(hasKey: false, mayBePublic: false)];

    internal override bool IsMeant(ConnectRequest request) => base.IsMeant(request)
        || (request is { Inputs.Count: 0, Client: { } client, SignIn: { RedirectUri: null, NoBrowser: false } }
            && client.CanProveItself && !IsOfUser(request.Provider));

    internal override bool Takes(OAuthInput input, OAuthProvider provider) => input switch
    {
        OAuthInput.UserCredential => IsOfUser(provider),
        OAuthInput.ClientSecret => !IsOfUser(provider),
        _ => false,
    };

    internal override void Check(ConnectRequest request)
    {
        if (!IsOfUser(request.Provider) && request.Client?.ClientSecret is null)
        {
            throw Errors.InputNeeded(request.Provider.Names, Name.Name, "the client's secret besides its id", OAuthInput.ClientSecret);
        }
    }

    internal override string? FlawOf(OAuthProvider provider) => provider.Basic switch
    {
        null => "a flow of it needs 'basic'",
        { Credential: BasicCredential.User, TokenEndpoint: null } => "'basic' of a user needs 'tokenEndpoint'",
        { Credential: BasicCredential.Client, TokenEndpoint: not null } => "'basic' of a client has no 'tokenEndpoint'",
        _ => null,
    };

    internal override bool HasNoToken(OAuthProvider provider) => provider.Basic?.TokenEndpoint is null;

    // There is no token endpoint to authenticate at.
    internal override ClientAuthenticator? Authenticator(ConnectRequest request) => null;

    internal override AuthenticationHeaderValue? AuthorizationOfEachCall(ConnectRequest request) => HasNoToken(request.Provider)
        ? BasicHeader.Create(request.Client!.Id, request.Client.ClientSecret!, request.Provider.BasicEncoding)
        : null;

    internal override Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken) =>
        HasNoToken(context.Request.Provider) ? Task.FromResult(default(FlowStart)) : With(Grant(context.Request));

    internal override IEnumerable<string> Preview(FlowContext context) => HasNoToken(context.Request.Provider)
        ? [$"Nothing: each API call carries Authorization: Basic {Secret.Mask}"]
        : [Show(Grant(context.Request), context.Server)];

    private static bool IsOfUser(OAuthProvider provider) => provider.Basic?.Credential == BasicCredential.User;

    private static TemporaryTokenGrant Grant(ConnectRequest request) =>
        new(request.Input<UserCredential>()!, request.Provider.Basic!.TokenEndpoint!);
}

/// <summary>HTTP Basic of a person's name and password, answered with a temporary token.</summary>
internal sealed class TemporaryTokenGrant(UserCredential user, string path) : Grant
{
    internal override bool CanRepeat => true;

    internal override OAuthRequest CreateRequest(AuthorizationServer server) =>
        new TemporaryTokenRequest(OAuthProvider.At(server.ServiceUrl, path))
    {
        Authorization = BasicHeader.Create(user.UserName, user.Password, server.Provider.BasicEncoding),
    };

    private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
    {
    }
}

internal static partial class KnownFlows
{
    internal static Flow Basic { get; } = Add(new BasicFlow());
}
