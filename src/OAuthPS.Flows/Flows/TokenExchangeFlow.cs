using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>One token for another (RFC 8693).</summary>
internal sealed class TokenExchangeFlow : Flow
{
    internal override OAuthFlow Name => OAuthFlow.TokenExchange;

    internal override int Rank => 50;

    internal override string GrantType => GrantTypes.TokenExchange;

    internal override bool IsOfferedInSilence => true;

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) => [new("the token to exchange", OAuthInput.SubjectToken)];

    internal override IReadOnlyList<OAuthInput> UsualInputs(OAuthProvider provider) => [OAuthInput.SubjectToken, OAuthInput.ClientSecret];

    internal override bool Takes(OAuthInput input, OAuthProvider provider) =>
        input == OAuthInput.SubjectToken || base.Takes(input, provider);

    internal override Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken) => With(Grant(context.Request));

    internal override IEnumerable<string> Preview(FlowContext context) => [Show(Grant(context.Request), context.Server)];

    private static TokenExchangeGrant Grant(ConnectRequest request) => new(request.Input<TokenExchange>()!, request.Access);
}

/// <summary>The grant (RFC 8693 section 2.1).</summary>
internal sealed class TokenExchangeGrant(TokenExchange exchange, RequestedAccess access) : Grant
{
    internal override OAuthFlow Flow => OAuthFlow.TokenExchange;

    // As long as the token that is exchanged lasts.
    internal override bool CanRepeat => true;

    private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.TokenExchange);
        parameters.Add(ParameterNames.SubjectToken, exchange.SubjectToken);
        parameters.Add(ParameterNames.SubjectTokenType, exchange.SubjectTokenType);
        if (exchange.ActorToken is { } actor)
        {
            parameters.Add(ParameterNames.ActorToken, actor);
            parameters.Add(ParameterNames.ActorTokenType, exchange.ActorTokenType);
        }

        if (exchange.RequestedTokenType is { } wanted)
        {
            parameters.Add(ParameterNames.RequestedTokenType, wanted);
        }

        foreach (var audience in exchange.Audience)
        {
            parameters.Add(ParameterNames.Audience, audience);
        }

        access.AddTo(parameters, server.Provider);
    }
}

internal static partial class KnownFlows
{
    internal static Flow TokenExchange { get; } = Add(new TokenExchangeFlow());
}
