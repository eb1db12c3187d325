using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Server;

/// <summary>How requests reach an authorization server: with its headers, and once more where something can be mended by that.</summary>
internal sealed class ServerRequests(
    HttpTransport transport, TimeSpan timeout, ClientProof? client, IReadOnlyDictionary<string, string> headers)
{
    /// <param name="create">Makes the request, afresh for each try.</param>
    /// <param name="isSafeToResend">Whether it may be sent again where nobody knows what became of it.</param>
    /// <param name="repetition">What a second request costs where the server refuses the client.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The last response, and the request it answers.</returns>
    internal Task<(OAuthRequest Request, HttpResponse Response)> SendAsync(
        Func<OAuthRequest> create, bool isSafeToResend, Repetition repetition, IFlowLog log, CancellationToken cancellationToken)
    {
        return client is null ? Send() : client.SendAsync(Send, repetition, log);

        Task<(OAuthRequest Request, HttpResponse Response)> Send() => isSafeToResend
            ? RepeatedRequest.SendAsync(transport, WithHeaders, timeout, log, cancellationToken)
            : CorrectedRequest.SendAsync(transport, WithHeaders, timeout, log, cancellationToken);

        OAuthRequest WithHeaders()
        {
            var request = create();
            request.Headers = headers;
            return request;
        }
    }
}
