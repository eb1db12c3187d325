using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>What the user has, and how it becomes a token request (RFC 6749 section 1.3). Each flow has its own.</summary>
internal abstract class Grant
{
    /// <summary>Whether the same grant can be used again without a person.</summary>
    internal abstract bool CanRepeat { get; }

    /// <summary>Whether the same request may be sent again when nobody knows what became of it.</summary>
    internal virtual bool IsSafeToResend(OAuthProvider provider) => CanRepeat;

    /// <summary>The nonce that the ID token has to repeat; null where no ID token was asked for.</summary>
    internal virtual string? Nonce => null;

    /// <summary>
    /// The refresh token that it is; null where it is none. A response without another leaves it in force (RFC 6749 section 6).
    /// </summary>
    internal virtual Secret? RefreshToken => null;

    /// <summary>The request, ready to be sent.</summary>
    internal virtual OAuthRequest CreateRequest(AuthorizationServer server)
    {
        var request = new TokenRequest(server.TokenEndpoint) { Placement = server.Provider.TokenParameters };
        AddParameters(request.Parameters, server);
        server.Prove(request);
        request.Parameters.AddAdditional(server.AdditionalParameters, request.QueryParameters);
        return request;
    }

    private protected abstract void AddParameters(RequestParameters parameters, AuthorizationServer server);
}
