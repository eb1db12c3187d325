using System.Net;

namespace OAuthPS.Flows.Http;

/// <summary>
/// Sends a request, and once more where the refusal itself brought what the request lacked: a nonce for its DPoP proof (RFC 9449
/// sections 8 and 9), or the time, where this machine's clock is so wrong that the server takes nothing that was signed by it. Both
/// are refused before the server looks at the grant, or for the time in a grant that is signed itself, so nothing is used up by the
/// first try.
/// </summary>
internal static class CorrectedRequest
{
    /// <param name="transport">What sends.</param>
    /// <param name="create">
    /// Makes the request, afresh for each try: a client assertion must not be sent twice (RFC 7523 section 3, <c>jti</c>).
    /// </param>
    /// <param name="timeout">The time for one try.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>The last response, and the request it answers.</returns>
    internal static async Task<(OAuthRequest Request, HttpResponse Response)> SendAsync(
        HttpTransport transport, Func<OAuthRequest> create, TimeSpan timeout, IFlowLog log, CancellationToken cancellationToken)
    {
        var request = create();
        var response = await transport.SendAsync(request, timeout, log, cancellationToken).ConfigureAwait(false);
        if (IsPossible(request, response, transport, log))
        {
            request = create();
            response = await transport.SendAsync(request, timeout, log, cancellationToken).ConfigureAwait(false);
        }

        return (request, response);
    }

    /// <summary>Whether the same request, made again now, has what this refusal found missing.</summary>
    internal static bool IsPossible(OAuthRequest request, HttpResponse response, HttpTransport transport, IFlowLog log)
    {
        if (response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized))
        {
            return false;
        }

        var error = ErrorResponse.Read(response, request.Secrets).Error;
        if (request.DPoP is not null && DPoPProver.NonceOf(response) is not null
            && (error == ErrorCodes.UseDPoPNonce || DemandsNonce(response.Challenges)))
        {
            log.Verbose($"The server demands a nonce in the DPoP proof; sending the {request.Purpose} again with the one it gave.");
            return true;
        }

        var apart = transport.Clocks.NowAt(request.Endpoint) - request.SignedAt;
        if (apart?.Duration() > ServerClocks.Tolerance && (error != ErrorCodes.InvalidGrant || request.IsGrantSigned))
        {
            log.Warning(Notices.ClockApart(request.Purpose, apart.Value));
            return true;
        }

        return false;
    }

    /// <summary>Whether challenges demand a nonce (RFC 9449 section 9).</summary>
    internal static bool DemandsNonce(IEnumerable<string> challenges) =>
        challenges.Any(challenge => challenge.Contains($"\"{ErrorCodes.UseDPoPNonce}\"", StringComparison.Ordinal));
}
