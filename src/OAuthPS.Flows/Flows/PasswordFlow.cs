using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>The user's name and password go to the token endpoint (RFC 6749 section 4.3).</summary>
internal sealed class PasswordFlow : Flow
{
    internal override OAuthFlow Name => OAuthFlow.Password;

    internal override int Rank => 70;

    internal override string GrantType => GrantTypes.Password;

    internal override string Warning =>
        "The password flow hands the user's password to this client; RFC 9700 section 2.4 advises against it.";

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) =>
        provider.PasswordNeedsClient ? [ClientOf(provider), FlowNeed.User] : [FlowNeed.User];

    internal override bool Takes(OAuthInput input, OAuthProvider provider) =>
        input == OAuthInput.UserCredential || base.Takes(input, provider);

    internal override Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken) => With(Grant(context.Request));

    internal override IEnumerable<string> Preview(FlowContext context) => [Show(Grant(context.Request), context.Server)];

    private static PasswordGrant Grant(ConnectRequest request) => new(request.Input<UserCredential>()!, request.Access);
}

/// <summary>The grant (RFC 6749 section 4.3.2).</summary>
internal sealed class PasswordGrant(UserCredential user, RequestedAccess access) : Grant
{
    internal override OAuthFlow Flow => OAuthFlow.Password;

    internal override bool CanRepeat => true;

    // A person who has entered a wrong password too often is locked out.
    internal override Repetition Repetition(OAuthProvider provider) => Server.Repetition.CountsAsAttempt;

    private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.Password);
        parameters.Add(ParameterNames.UserName, user.UserName);
        parameters.Add(ParameterNames.Password, user.Password);
        access.AddTo(parameters, server.Provider);
        if (server.Provider.OfflineAccess is { } offline)
        {
            parameters.Add(offline.Name, offline.Value);
        }
    }
}

internal static partial class KnownFlows
{
    internal static Flow Password { get; } = Add(new PasswordFlow());
}
