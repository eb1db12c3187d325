using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Grants;

/// <summary>A provider's token endpoint as one client sees it: sends grants, reads tokens.</summary>
internal sealed class TokenEndpoint(
    OAuthProvider provider,
    Uri serviceUrl,
    ClientAuthenticator? client,
    IReadOnlyDictionary<string, string> additionalParameters,
    HttpTransport transport,
    TimeSpan timeout)
{
    internal OAuthProvider Provider { get; } = provider;

    internal Uri ServiceUrl { get; } = SecureUrl.Require(serviceUrl);

    internal ClientAuthenticator? Client { get; } = client;

    internal IReadOnlyDictionary<string, string> AdditionalParameters { get; } = additionalParameters;

    internal TimeProvider Clock => transport.TimeProvider;

    internal Uri Url => OAuthProvider.At(ServiceUrl, Provider.TokenEndpoint!);

    /// <exception cref="OAuthException">The request was not answered with a token.</exception>
    internal async Task<TokenResponse> RequestAsync(Grant grant, IFlowLog log, CancellationToken cancellationToken)
    {
        var sentAt = Clock.GetUtcNow();
        var (request, answer) = await SendAsync(grant, Create, log, cancellationToken).ConfigureAwait(false);
        return await WithSubjectAsync(TokenResponse.Read(answer.EnsureSuccess(request), request, sentAt), grant, log, cancellationToken).ConfigureAwait(false);

        OAuthRequest Create()
        {
            sentAt = Clock.GetUtcNow();
            return grant.CreateRequest(this);
        }
    }

    private async Task<(OAuthRequest Request, HttpAnswer Answer)> SendAsync(Grant grant, Func<OAuthRequest> create, IFlowLog log, CancellationToken cancellationToken)
    {
        if (grant.IsSafeToResend(Provider))
        {
            return await RepeatedRequest.SendAsync(transport, create, timeout, log, cancellationToken).ConfigureAwait(false);
        }

        var request = create();
        return (request, await transport.SendAsync(request, timeout, log, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Asks for a device code and a code for the person (RFC 8628 section 3.1).</summary>
    internal async Task<DeviceAuthorizationResponse> AuthorizeDeviceAsync(string? scope, IFlowLog log, CancellationToken cancellationToken)
    {
        var request = new DeviceAuthorizationRequest(OAuthProvider.At(ServiceUrl, Provider.DeviceAuthorizationEndpoint!));
        if (Provider.SendsScope && scope is not null)
        {
            request.Parameters.Add(ParameterNames.Scope, scope);
        }

        Client!.Authenticate(request, Clock);
        request.Parameters.AddAdditional(AdditionalParameters, request.QueryParameters);
        var answer = await transport.SendAsync(request, timeout, log, cancellationToken).ConfigureAwait(false);
        return DeviceAuthorizationResponse.Read(answer.EnsureSuccess(request), request);
    }

    /// <summary>Revokes a token (RFC 7009); any 2xx is success.</summary>
    internal async Task RevokeAsync(string path, Secret token, string? tokenTypeHint, IFlowLog log, CancellationToken cancellationToken)
    {
        var inQuery = Provider.RevocationParameters == ParameterPlacement.Query;
        var request = new RevocationRequest(OAuthProvider.At(ServiceUrl, path), token, inQuery ? null : tokenTypeHint)
        {
            Placement = Provider.RevocationParameters,
        };
        if (!inQuery)
        {
            Client?.Authenticate(request, Clock);
        }

        var answer = await transport.SendAsync(request, timeout, log, cancellationToken).ConfigureAwait(false);
        answer.EnsureSuccess(request);
    }

    /// <summary>Asks what the server knows of a token (RFC 7662). Nothing is used up by it.</summary>
    internal async Task<IntrospectionResponse> IntrospectAsync(string path, Secret token, string? tokenTypeHint, IFlowLog log, CancellationToken cancellationToken)
    {
        var (request, answer) = await RepeatedRequest.SendAsync(transport, Create, timeout, log, cancellationToken).ConfigureAwait(false);
        return IntrospectionResponse.Read(answer.EnsureSuccess(request), request);

        OAuthRequest Create()
        {
            var created = new IntrospectionRequest(OAuthProvider.At(ServiceUrl, path), token, tokenTypeHint);
            Client?.Authenticate(created, Clock);
            return created;
        }
    }

    /// <summary>The server's public keys; the provider must have them.</summary>
    internal KeySet Keys => transport.KeysAt(OAuthProvider.At(ServiceUrl, Provider.JwksEndpoint ?? throw Errors.MetadataMember(Provider.Issuer ?? Provider.Name, "jwks_uri")));

    private async Task<TokenResponse> WithSubjectAsync(TokenResponse answer, Grant grant, IFlowLog log, CancellationToken cancellationToken)
    {
        if (Provider.Issuer is null || Client is null || (answer.IdToken is null && grant.Nonce is null))
        {
            return answer;
        }

        // OpenID Connect Core 1.0 section 3.1.3.3: who asked for an ID token is given one.
        var idToken = answer.IdToken ?? throw Errors.IdToken("is missing");
        var expected = new IdTokenExpectation(Provider.Issuer, Client.ClientId, Provider.IdTokenAlgorithms, grant.Nonce, answer.AccessToken.Value);
        return answer with { Subject = await IdToken.CheckAsync(idToken, expected, Keys, Clock, log, cancellationToken).ConfigureAwait(false) };
    }
}
