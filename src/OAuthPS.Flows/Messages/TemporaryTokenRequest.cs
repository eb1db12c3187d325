using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// A GET with HTTP Basic that is answered with a token, as SpatiaFi offers it to people (https://docs.spatiafi.com/auth/).
/// </summary>
internal sealed class TemporaryTokenRequest(Uri endpoint) : OAuthRequest(endpoint)
{
    internal override string Purpose => "temporary token request";

    internal override HttpMethod Method => HttpMethod.Get;

    internal override bool IsOfClient => false;
}
