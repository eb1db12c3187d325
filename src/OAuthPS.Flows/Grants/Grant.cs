using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Grants;

/// <summary>What the user has, and how it becomes a token request; each is a file beside this one.</summary>
internal abstract class Grant
{
    /// <summary>Whether the same grant can be used again without a person.</summary>
    internal abstract bool CanRepeat { get; }

    /// <summary>Whether the same request may be sent again when nobody knows what became of it.</summary>
    internal virtual bool IsSafeToResend(OAuthProvider provider) => CanRepeat;

    /// <summary>The nonce that the ID token has to repeat; null where no ID token was asked for.</summary>
    internal virtual string? Nonce => null;

    /// <summary>The request, ready to be sent.</summary>
    internal virtual OAuthRequest CreateRequest(TokenEndpoint endpoint)
    {
        var request = new TokenRequest(endpoint.Url) { Placement = endpoint.Provider.TokenParameters };
        AddParameters(request.Parameters, endpoint);
        endpoint.Prove(request);
        request.Parameters.AddAdditional(endpoint.AdditionalParameters, request.QueryParameters);
        return request;
    }

    private protected abstract void AddParameters(RequestParameters parameters, TokenEndpoint endpoint);
}
