using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tokens;

namespace OAuthPS.Flows.Api;

/// <summary>How a session calls APIs: the headers it adds, and what it does about 401 and <c>Retry-After</c>.</summary>
internal sealed class ApiAccess(
    string session,
    ApiOrigins origins,
    AuthenticationHeaderValue? basic,
    IReadOnlyDictionary<string, string> sessionHeaders,
    HttpTransport transport,
    TimeSpan timeout)
{
    private volatile bool _ended;

    /// <summary>Proves possession of the session's key (RFC 9449); null where its tokens are not bound to one.</summary>
    internal DPoPProver? DPoP { get; init; }

    /// <summary>The scheme in the place of <c>Bearer</c>; null where it is that.</summary>
    internal string? Scheme { get; init; }

    /// <summary>The clocks of the APIs, as far as they are known.</summary>
    internal ServerClocks Clocks => transport.Clocks;

    /// <summary>Where the token may go.</summary>
    internal ApiOrigins Origins => origins;

    internal void End() => _ended = true;

    /// <exception cref="OAuthUsageException">The token must not go to the address.</exception>
    internal void Require(Uri? uri)
    {
        if (uri is not null)
        {
            origins.Require(Resolve(uri));
        }
    }

    /// <param name="token">The token; null with HTTP Basic.</param>
    /// <param name="method">The method of the call that the headers are for; a token that is bound to a key needs it.</param>
    /// <param name="uri">Where that call goes.</param>
    /// <exception cref="OAuthUsageException">The call is needed and not given, or no API takes the token.</exception>
    internal IReadOnlyDictionary<string, Secret> Headers(AccessToken? token, HttpMethod? method, Uri? uri)
    {
        var headers = new Dictionary<string, Secret>(StringComparer.OrdinalIgnoreCase)
        {
            ["Authorization"] = new(Authorization(token).ToString()),
        };
        if (DPoP is not null)
        {
            var target = SecureUrl.Require(Resolve(uri ?? throw Errors.CallNeeded(session)));
            headers[DPoPProver.HeaderName] = new Secret(DPoP.Prove(method ?? HttpMethod.Get, target, token!.Value, DPoP.NowAt(target)));
        }

        foreach (var (name, value) in sessionHeaders)
        {
            headers[name] = new Secret(value);
        }

        return headers;
    }

    internal Task<ApiResponse> SendAsync(ApiCall call, SessionTokens? tokens, IFlowLog log, CancellationToken cancellationToken)
    {
        if (call.IsLink)
        {
            origins.RequireKnown(Resolve(call.Uri));
        }

        // A request of the protocol goes to an endpoint of the session's server, which nobody types.
        return call.ProtocolPurpose is null && !call.IsLink ? origins.SendAsync(Resolve(call.Uri), Send) : Send();

        Task<ApiResponse> Send() => OAuthActivity.IsObserved
            ? SendObservedAsync(call, tokens, log, cancellationToken)
            : SendPatientlyAsync(call, tokens, log, cancellationToken);
    }

    private Task<ApiResponse> SendObservedAsync(ApiCall call, SessionTokens? tokens, IFlowLog log, CancellationToken cancellationToken)
    {
        return OAuthActivity.RunAsync("API call", Describe, Run, Conclude);

        Task<ApiResponse> Run() => SendPatientlyAsync(call, tokens, log, cancellationToken);

        static void Conclude(Activity activity, ApiResponse response) => activity.AddStatus(response.StatusCode);

        void Describe(Activity activity)
        {
            activity.AddMethod(call.Method);
            activity.AddServer(Resolve(call.Uri));
        }
    }

    private async Task<ApiResponse> SendPatientlyAsync(
        ApiCall call, SessionTokens? tokens, IFlowLog log, CancellationToken cancellationToken)
    {
        Check(call);
        var token = tokens is null ? null : await tokens.GetAsync(TimeSpan.Zero, log, cancellationToken).ConfigureAwait(false);
        var request = CreateRequest(call, token);
        var mayRenew = tokens is { CanRenew: true };
        var mayCorrect = true;
        for (var repetition = new RepeatedCall(call, transport); ;)
        {
            var (response, failure) = await TrySendAsync(request, call, log, cancellationToken).ConfigureAwait(false);
            if (response is not null && mayCorrect && request.DPoP is not null
                && CorrectedRequest.IsPossible(request, response, transport, log))
            {
                mayCorrect = false;
                request = CreateRequest(call, token);
            }
            else if (response is { StatusCode: HttpStatusCode.Unauthorized } && mayRenew)
            {
                // Once: a fresh token that is refused too is refused for another reason than its age.
                mayRenew = false;
                log.Verbose("The API refused the token; renewing it once.");
                token = await tokens!.ReplaceAsync(token!, log, cancellationToken).ConfigureAwait(false);
                (request, mayCorrect) = (CreateRequest(call, token), true);
            }
            else if (await repetition.WaitAsync(response, failure, log, cancellationToken).ConfigureAwait(false))
            {
                // Afresh: neither a proof nor the nonce in it lasts as long as a wait may (RFC 9449 sections 8.1 and 11.1).
                (request, mayCorrect) = (CreateRequest(call, token), true);
            }
            else
            {
                return ResponseOf(request, response ?? throw failure!, call);
            }
        }
    }

    private async Task<(HttpResponse? Response, OAuthException? Failure)> TrySendAsync(
        ApiRequest request, ApiCall call, IFlowLog log, CancellationToken cancellationToken)
    {
        try
        {
            var response = await transport.For(call.Network)
                .SendAsync(request, call.Timeout ?? timeout, log, cancellationToken).ConfigureAwait(false);
            return (response, null);
        }
        catch (OAuthConnectionException failure)
        {
            return (null, failure);
        }
    }

    private static ApiResponse ResponseOf(ApiRequest request, HttpResponse response, ApiCall call)
    {
        if (!call.SkipErrorCheck)
        {
            response.EnsureSuccess(request);
        }

        return new ApiResponse
        {
            Call = $"{request.Method} {ShownUrl.Of(request.Endpoint)}",
            Uri = response.Uri ?? request.Endpoint,
            StatusCode = response.StatusCode,
            MediaType = response.MediaType,
            CharacterSet = response.CharacterSet,
            Body = response.Body,
            Headers = response.Headers,
            File = (int)response.StatusCode is >= 200 and <= 299 || response.IsComplete ? call.OutFile : null,
        };
    }

    private static void Check(ApiCall call)
    {
        if (call.Content is not null && (call.Method == HttpMethod.Get || call.Method == HttpMethod.Head))
        {
            throw Errors.BodyNotSent(call.Method);
        }
    }

    private ApiRequest CreateRequest(ApiCall call, AccessToken? token)
    {
        var headers = call.ProtocolPurpose is null
            ? new Dictionary<string, string>(sessionHeaders, StringComparer.OrdinalIgnoreCase)
            : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var body = call.Content is null ? null : new ByteArrayContent([]);
        foreach (var (name, value) in RequestHeaders.Check(call.Headers, body, call.SkipHeaderValidation))
        {
            headers[name] = value;
        }

        var target = Resolve(call.Uri);
        if (call.ProtocolPurpose is null)
        {
            // Each time: the response that brought a new token may have named other APIs.
            origins.RequireKnown(target);
        }

        return new ApiRequest(call, target, headers)
        {
            Authorization = Authorization(token),
            DPoP = DPoP,
            BoundToken = DPoP is null ? null : token!.Value,
        };
    }

    // "/v1/things" belongs below the service URL's own path, where new Uri(base, relative) would drop that path. On Unix .NET
    // takes it for a file.
    private Uri Resolve(Uri uri) => uri.IsAbsoluteUri && !(uri.IsFile && uri.OriginalString.StartsWith('/'))
        ? uri
        : new Uri($"{origins.Base.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{uri.OriginalString.TrimStart('/')}");

    private AuthenticationHeaderValue Authorization(AccessToken? token)
    {
        if (_ended)
        {
            throw Errors.SessionEnded(session);
        }

        if (token is { TokenType: TokenTypes.NotApplicable })
        {
            throw Errors.NoAccessToken(session);
        }

        return token is null ? basic!
            : new AuthenticationHeaderValue(
                token.TokenType == TokenTypes.Bearer ? Scheme ?? token.TokenType : token.TokenType, token.Value.Reveal());
    }
}
