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

    /// <summary>What a second request costs where the server refuses the client.</summary>
    internal virtual Repetition Repetition(OAuthProvider provider) =>
        IsSafeToResend(provider) ? Server.Repetition.Free : Server.Repetition.UsesUp;

    /// <summary>The flow whose token request it is, by which a provider's data speak of it; null where they do not.</summary>
    internal virtual OAuthFlow? Flow => null;

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
        if (server.Provider.Grants.FirstOrDefault(format => format.Flow == Flow) is { } format)
        {
            Apply(format, request.Parameters);
        }

        server.Prove(request);
        request.Parameters.AddAdditional(server.AdditionalParameters, request.QueryParameters);
        return request;
    }

    private static void Apply(GrantFormat format, RequestParameters parameters)
    {
        if (format.GrantType is { } grantType)
        {
            parameters.Replace(ParameterNames.GrantType, grantType);
        }

        foreach (var parameter in format.Parameters)
        {
            parameters.AddMissing(parameter.Name, parameter.Value);
        }
    }

    private protected abstract void AddParameters(RequestParameters parameters, AuthorizationServer server);
}
