using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Grants;

/// <summary>One token for another (RFC 8693 section 2.1).</summary>
internal sealed class TokenExchangeGrant(TokenExchange exchange, RequestedAccess access) : Grant
{
    // As long as the token that is exchanged lasts.
    internal override bool CanRepeat => true;

    private protected override void AddParameters(RequestParameters parameters, TokenEndpoint endpoint)
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

        access.AddTo(parameters, endpoint.Provider);
    }
}
