using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Grants;

/// <summary>HTTP Basic of a person's name and password, answered with a temporary token.</summary>
internal sealed class TemporaryTokenGrant(UserCredential user, string path) : Grant
{
    internal override bool CanRepeat => true;

    internal override OAuthRequest CreateRequest(TokenEndpoint endpoint) => new TemporaryTokenRequest(OAuthProvider.At(endpoint.ServiceUrl, path))
    {
        Authorization = BasicHeader.Create(user.UserName, user.Password, endpoint.Provider.BasicEncoding),
    };

    private protected override void AddParameters(RequestParameters parameters, TokenEndpoint endpoint)
    {
    }
}
