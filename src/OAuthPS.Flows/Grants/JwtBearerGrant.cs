using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.Grants;

/// <summary>A JWT as the grant (RFC 7523 section 2.1): one that the user has, or one that the client's key signs for each request.</summary>
/// <param name="assertion">The one the user has; null to sign one.</param>
/// <param name="client">The client with its key; null where the user has an assertion.</param>
/// <param name="claims">What is claimed besides, or instead of, the usual.</param>
/// <param name="access">The access that is asked for.</param>
internal sealed class JwtBearerGrant(Secret? assertion, OAuthClient? client, IReadOnlyDictionary<string, JsonElement> claims, RequestedAccess access) : Grant
{
    internal override bool CanRepeat => true;

    internal override OAuthRequest CreateRequest(TokenEndpoint endpoint)
    {
        var request = base.CreateRequest(endpoint);
        request.IsGrantSigned = assertion is null;
        request.SignedAt ??= assertion is null ? endpoint.ServerTime : null;
        return request;
    }

    private protected override void AddParameters(RequestParameters parameters, TokenEndpoint endpoint)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.JwtBearer);
        parameters.Add(ParameterNames.Assertion, assertion ?? Sign(endpoint));
        access.AddTo(parameters, endpoint.Provider);
    }

    private Secret Sign(TokenEndpoint endpoint)
    {
        var all = new Dictionary<string, JsonElement>(claims);
        if (access.Scope is { } scope)
        {
            // Google takes the scope as a claim alone (https://developers.google.com/identity/protocols/oauth2/service-account);
            // others pass over a claim they do not know (RFC 7519 section 4).
            all.TryAdd(ParameterNames.Scope, JsonSerializer.SerializeToElement(scope, TextJson.Default.String));
        }

        var key = client!.Key!;
        return new Secret(key.Sign(ClientAssertion.Claims(client.Id, endpoint.Url.OriginalString, endpoint.ServerTime, ClientAssertion.DefaultLifetime, all), key.AlgorithmFor(endpoint.Provider)));
    }
}
