using System.Collections.ObjectModel;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>An authorization server as one client sees it (RFC 6749 section 1.1): each of its endpoints is a method.</summary>
internal sealed partial class AuthorizationServer(
    OAuthProvider provider,
    Uri serviceUrl,
    ClientAuthenticator? client,
    IReadOnlyDictionary<string, string> additionalParameters,
    HttpTransport transport,
    TimeSpan timeout)
{
    private readonly SaidOnce _remarks = new();

    internal OAuthProvider Provider { get; private set; } = provider;

    internal Uri ServiceUrl { get; } = SecureUrl.Require(serviceUrl);

    /// <summary>How the client proves itself; null where it does not.</summary>
    internal ClientProof? Client { get; private set; } = ClientProof.Of(provider, serviceUrl, client, transport);

    internal IReadOnlyDictionary<string, string> AdditionalParameters { get; } = additionalParameters;

    /// <summary>Proves possession of the session's key (RFC 9449); null where its tokens are not bound to one.</summary>
    internal DPoPProver? DPoP { get; init; }

    /// <summary>Headers that each request to it has besides.</summary>
    internal IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    internal TimeProvider Clock => transport.TimeProvider;

    /// <summary>The time by the server's clock, as far as it is known.</summary>
    internal DateTimeOffset Now => transport.Clocks.NowAt(TokenEndpoint);

    internal Uri TokenEndpoint => OAuthProvider.At(ServiceUrl, Provider.TokenEndpoint!);

    /// <summary>What the server has put in the place of refresh tokens that no session holds.</summary>
    internal RotatedRefreshTokens Rotated => RotatedRefreshTokens.Of(transport);

    /// <summary>
    /// Goes on with the endpoints that the server's metadata names now, which are read again a day later at most.
    /// </summary>
    /// <exception cref="OAuthException">
    /// An endpoint has moved to another origin, or the metadata must not be used: the session stops until it is connected anew.
    /// </exception>
    internal async Task FollowMetadataAsync(IFlowLog log, CancellationToken cancellationToken)
    {
        var followed = await DiscoveredEndpoints.FollowAsync(Provider, ServiceUrl, transport, log, cancellationToken).ConfigureAwait(false);
        if (followed.TokenEndpoint != Provider.TokenEndpoint)
        {
            Client = Client?.At(followed, ServiceUrl);
        }

        Provider = followed;
    }

    /// <summary>Adds to a request what shows who sends it: the client's authentication, and the proof of the session's key.</summary>
    internal void Prove(OAuthRequest request)
    {
        request.DPoP = DPoP;
        Client?.AddTo(request, transport.Clocks.NowAt(request.Endpoint));
    }

    /// <param name="grant">What the user has.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <param name="keep">
    /// Keeps the new refresh token of a response before anything else in it may fail; null where none can be lost.
    /// </param>
    /// <exception cref="OAuthException">The request was not answered with a token.</exception>
    internal async Task<TokenResponse> RequestAsync(
        Grant grant, IFlowLog log, CancellationToken cancellationToken, Func<Secret, Task>? keep = null)
    {
        var sentAt = Clock.GetUtcNow();
        var (request, response) = await Requests.SendAsync(
            Create, grant.IsSafeToResend(Provider), grant.Repetition(Provider), log, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccess(request);
        TokenResponse tokens;
        try
        {
            tokens = TokenResponse.Read(response, request, sentAt, Provider.TokenResponse);
        }
        catch (OAuthException) when (keep is not null)
        {
            if (RotatedRefreshToken.In(response, Provider.TokenResponse) is { } found)
            {
                await keep(found).ConfigureAwait(false);
            }

            throw;
        }

        _remarks.Say(tokens.Remarks, log);
        if (!IsIdTokenChecked(tokens, grant.Nonce))
        {
            return tokens;
        }

        if (keep is not null && tokens.RefreshToken is { } rotated)
        {
            // The check may ask for the server's keys, which takes a while.
            await keep(rotated).ConfigureAwait(false);
        }

        return await WithSubjectAsync(tokens, grant.Nonce, needsAccessTokenHash: false, log, cancellationToken).ConfigureAwait(false);

        OAuthRequest Create()
        {
            sentAt = Clock.GetUtcNow();
            return grant.CreateRequest(this);
        }
    }

    private ServerRequests Requests => new(transport, timeout, Client, Headers);

    /// <summary>Asks for a device code and a code for the person (RFC 8628 section 3.1).</summary>
    internal async Task<DeviceAuthorizationResponse> AuthorizeDeviceAsync(
        RequestedAccess access, IFlowLog log, CancellationToken cancellationToken)
    {
        var (request, response) = await Requests.SendAsync(Create, false, Repetition.Free, log, cancellationToken).ConfigureAwait(false);
        return DeviceAuthorizationResponse.Read(response.EnsureSuccess(request), request, Clock.GetUtcNow());

        OAuthRequest Create() => CreateDeviceRequest(access);
    }

    internal OAuthRequest CreateDeviceRequest(RequestedAccess access)
    {
        var request = new DeviceAuthorizationRequest(OAuthProvider.At(ServiceUrl, Provider.DeviceAuthorizationEndpoint!));
        access.AddTo(request.Parameters, Provider);
        Prove(request);
        request.Parameters.AddAdditional(AdditionalParameters, request.QueryParameters);
        return request;
    }

    /// <summary>
    /// Takes the parameters of an authorization request to the server itself, so that the browser carries a reference alone (RFC 9126).
    /// </summary>
    /// <param name="path">The endpoint.</param>
    /// <param name="parameters">The parameters, afresh for each try: what is signed has the time in it, and is sent once.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>What the browser carries.</returns>
    internal async Task<RequestParameters> PushAsync(
        string path, Func<DateTimeOffset, RequestParameters> parameters, IFlowLog log, CancellationToken cancellationToken)
    {
        var (request, response) = await Requests.SendAsync(Create, false, Repetition.Free, log, cancellationToken).ConfigureAwait(false);
        return new RequestParameters
        {
            { ParameterNames.ClientId, Client!.ClientId },
            { ParameterNames.RequestUri, PushedAuthorizationResponse.Read(response.EnsureSuccess(request), request).RequestUri },
        };

        OAuthRequest Create() => CreatePushedRequest(path, parameters);
    }

    internal OAuthRequest CreatePushedRequest(string path, Func<DateTimeOffset, RequestParameters> parameters)
    {
        var request = new PushedAuthorizationRequest(OAuthProvider.At(ServiceUrl, path));
        Prove(request);
        var now = transport.Clocks.NowAt(request.Endpoint);
        var carried = parameters(now);
        request.Parameters.AddMissing(carried);
        if (carried.Value(ParameterNames.Request) is not null)
        {
            request.SignedAt ??= now;
        }

        return request;
    }

    /// <summary>Revokes a token (RFC 7009); any 2xx is success.</summary>
    internal async Task RevokeAsync(string path, Secret token, string? tokenTypeHint, IFlowLog log, CancellationToken cancellationToken)
    {
        var inQuery = Provider.RevocationParameters is ParameterPlacement.Query or ParameterPlacement.Get;
        var requests = inQuery ? new ServerRequests(transport, timeout, client: null, Headers) : Requests;
        var (request, response) = await requests.SendAsync(Create, false, Repetition.Free, log, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccess(request);

        OAuthRequest Create()
        {
            var request = new RevocationRequest(
                OAuthProvider.At(ServiceUrl, path), token, inQuery ? null : tokenTypeHint) { Placement = Provider.RevocationParameters };
            if (!inQuery)
            {
                Prove(request);
            }

            return request;
        }
    }

    /// <summary>Asks what the server knows of a token (RFC 7662). Nothing is used up by it.</summary>
    internal async Task<IntrospectionResponse> IntrospectAsync(
        string path, Secret token, string? tokenTypeHint, IFlowLog log, CancellationToken cancellationToken)
    {
        var (request, response) = await Requests.SendAsync(Create, true, Repetition.Free, log, cancellationToken).ConfigureAwait(false);
        return IntrospectionResponse.Read(response.EnsureSuccess(request), request);

        OAuthRequest Create()
        {
            var created = new IntrospectionRequest(OAuthProvider.At(ServiceUrl, path), token, tokenTypeHint);
            Prove(created);
            return created;
        }
    }
}
