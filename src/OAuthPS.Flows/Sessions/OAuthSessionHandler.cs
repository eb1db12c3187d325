using System.Net;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Tokens;

namespace OAuthPS.Flows.Sessions;

/// <summary>
/// Gives any <see cref="HttpClient"/> a session: each request carries the session's headers, and a DPoP proof where its token is bound to a
/// key (RFC 9449). A token that the API refuses with 401 is renewed once, and the request sent again. Every other response is the caller's.
/// </summary>
/// <remarks>
/// Only requests to the session's <see cref="OAuthSession.ApiUrls"/>, or to an origin that was named, carry anything of the session; all
/// others pass as they are.
/// The handler below must not follow redirects, as that of <see cref="HttpTransport.CreateHandler"/> does not.
/// </remarks>
public sealed class OAuthSessionHandler : DelegatingHandler
{
    // What is larger is sent as it is read, and once.
    private const int LargestKeptContent = 16 * OAuthRequest.OneMebibyte;

    private readonly OAuthSession _session;
    private readonly Uri[] _origins;

    /// <summary>A handler for a session.</summary>
    /// <param name="session">The session. It stays the caller's.</param>
    /// <param name="origins">Addresses whose origins (RFC 6454) take the token besides those of the session.</param>
    /// <exception cref="OAuthUsageException">
    /// An address is relative, or plain HTTP to another machine, or has a user name in it.
    /// </exception>
    public OAuthSessionHandler(OAuthSession session, params Uri[] origins)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(origins);
        _session = session;
        _origins = [.. origins.Select(SecureUrl.Require)];
    }

    /// <summary>Where to say what is done; nowhere by default.</summary>
    public IFlowLog Log { get; init; } = NoFlowLog.Instance;

    /// <summary>Does not send: a renewal waits, and no thread should wait with it.</summary>
    /// <exception cref="NotSupportedException">Always. Use an asynchronous method.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("OAuthSessionHandler sends asynchronously only. Use SendAsync.");

    /// <summary>Sends a request with the session's headers.</summary>
    /// <exception cref="OAuthException">
    /// The token could not be renewed, the session has ended, or the handler below follows redirects.
    /// </exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.RequestUri is { IsAbsoluteUri: true } target && TakesToken(target)
            ? SendWithSessionAsync(request, target, cancellationToken)
            : base.SendAsync(request, cancellationToken);
    }

    private bool TakesToken(Uri target) =>
        _session.Api.Origins.Contains(target) || _origins.Any(origin => SecureUrl.IsSameOrigin(origin, target));

    private async Task<HttpResponseMessage> SendWithSessionAsync(
        HttpRequestMessage request, Uri target, CancellationToken cancellationToken)
    {
        if (FollowsRedirects(InnerHandler))
        {
            throw Errors.RedirectsFollowed();
        }

        var tokens = _session.HeldTokens;
        var mayRepeat = await KeepAsync(request.Content, cancellationToken).ConfigureAwait(false);
        var token = tokens is null ? null : await tokens.GetAsync(TimeSpan.Zero, Log, cancellationToken).ConfigureAwait(false);
        if (!TakesToken(target))
        {
            // The response that brought a new token has named other APIs.
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var mayRenew = tokens is { CanRenew: true };
        for (var mayCorrect = true; ;)
        {
            var signedAt = _session.Api.DPoP?.NowAt(target);
            AddHeaders(request, token, target);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Learn(request, token, target, response);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                return response;
            }

            if (mayCorrect && signedAt is { } at && IsCorrected(target, at, response))
            {
                mayCorrect = false;
            }
            else if (mayRenew)
            {
                // Once: a fresh token that is refused too is refused for another reason than its age.
                mayRenew = false;
                token = await RenewAsync(tokens!, token!, response, cancellationToken).ConfigureAwait(false);
                mayCorrect = true;
            }
            else
            {
                return response;
            }

            if (!mayRepeat || !TakesToken(target))
            {
                return response;
            }

            response.Dispose();
        }
    }

    private void AddHeaders(HttpRequestMessage request, AccessToken? token, Uri target)
    {
        foreach (var (name, value) in _session.Api.Headers(token, request.Method, target))
        {
            // The session's proof goes before anything of the same name; a header that the caller set goes before the session's.
            if (name is "Authorization" or DPoPProver.HeaderName)
            {
                request.Headers.Remove(name);
            }
            else if (request.Headers.NonValidated.Contains(name))
            {
                continue;
            }

            request.Headers.TryAddWithoutValidation(name, value.Reveal());
        }
    }

    private void Learn(HttpRequestMessage request, AccessToken? token, Uri target, HttpResponseMessage response)
    {
        _session.Api.Clocks.Learn(target, request.Method, response.StatusCode, response.Headers.Date);
        if (_session.Api.DPoP is { } prover && DPoPProver.NonceOf(response.Headers) is { } nonce)
        {
            prover.Keep(target, token!.Value, nonce);
        }
    }

    // The refusal itself brought what the proof lacked: a nonce (RFC 9449 section 9), or the server's time.
    private bool IsCorrected(Uri target, DateTimeOffset signedAt, HttpResponseMessage response) =>
        (DPoPProver.NonceOf(response.Headers) is not null
            && CorrectedRequest.DemandsNonce(response.Headers.WwwAuthenticate.Select(challenge => challenge.ToString())))
        || (_session.Api.Clocks.NowAt(target) - signedAt).Duration() > ServerClocks.Tolerance;

    private async Task<AccessToken> RenewAsync(
        SessionTokens tokens, AccessToken refused, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.ReplaceAsync(refused, Log, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // A stream is read once; what can be sent again is kept in memory first.
    private static async Task<bool> KeepAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return true;
        }

        if (content.Headers.ContentLength is not <= LargestKeptContent)
        {
            return false;
        }

        await content.LoadIntoBufferAsync(LargestKeptContent).WaitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static bool FollowsRedirects(HttpMessageHandler? handler) => handler switch
    {
        DelegatingHandler between => FollowsRedirects(between.InnerHandler),
        SocketsHttpHandler last => last.AllowAutoRedirect,
        HttpClientHandler last => last.AllowAutoRedirect,
        _ => false,
    };
}
