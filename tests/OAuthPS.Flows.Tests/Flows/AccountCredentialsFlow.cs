using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Tests.Flows;

/// <summary>A flow that the library does not have: this file is all that it takes.</summary>
internal sealed class AccountCredentialsFlow : Flow
{
    internal static OAuthFlow FlowName { get; } = KnownFlows.Add(new AccountCredentialsFlow()).Name;

    internal override OAuthFlow Name { get; } = new("AccountCredentials");

    internal override int Rank => 95;

    internal override string GrantType => "account_credentials";

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) => [new("an account", OAuthInput.SubjectToken), ClientOf(provider)];

    internal override bool IsMeant(ConnectRequest request) => request.Input<Account>() is not null;

    internal override bool Takes(OAuthInput input, OAuthProvider provider) => input == OAuthInput.SubjectToken || base.Takes(input, provider);

    internal override Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken) => With(Grant(context.Request));

    internal override IEnumerable<string> Preview(FlowContext context) => [Show(Grant(context.Request), context.Server)];

    internal override Grant Reopen(ConnectRequest request) => new AccountGrant("reopened");

    private static AccountGrant Grant(ConnectRequest request) => new(request.Input<Account>()!.Id);

    private sealed class AccountGrant(string account) : Grant
    {
        internal override bool CanRepeat => true;

        private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
        {
            parameters.Add("grant_type", "account_credentials");
            parameters.Add("account_id", account);
        }
    }
}

/// <summary>Its input.</summary>
internal sealed record Account(string Id) : FlowInput
{
    public override OAuthInput Kind => OAuthInput.SubjectToken;
}
