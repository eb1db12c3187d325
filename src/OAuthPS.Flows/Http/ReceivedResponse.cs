using System.Net.Http.Headers;

namespace OAuthPS.Flows.Http;

/// <summary>Takes a response in: its body into memory, within the size allowed, or into a file.</summary>
internal static class ReceivedResponse
{
    /// <param name="request">The request that it answers.</param>
    /// <param name="response">The response, whose body is still on its way.</param>
    /// <param name="target">Where it comes from.</param>
    /// <param name="now">The time here.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">The body ended early, or cannot be unpacked.</exception>
    /// <exception cref="OAuthException">The body is beyond the size allowed, or the file cannot be written.</exception>
    internal static async Task<HttpResponse> ReadAsync(
        OAuthRequest request, HttpResponseMessage response, Uri target, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Whatever a refusal says at length, its status is what counts.
        var isRefusal = !response.IsSuccessStatusCode && !request.TakesAnyStatus;
        var maximum = isRefusal ? OAuthRequest.OneMebibyte : request.MaximumResponseSize;
        var isComplete = request.Download?.IsComplete(response) == true;
        byte[]? body = [];

        // What is refused may be asked for again, and is no part of the file, even where the caller wants to see it.
        if (request.Download is { } download && response.IsSuccessStatusCode)
        {
            await download.ReceiveAsync(response, request, cancellationToken).ConfigureAwait(false);
        }
        else if (!isComplete)
        {
            body = await BoundedContent.ReadAsync(response.Content, maximum, cancellationToken).ConfigureAwait(false);
        }

        if (body is null && !isRefusal)
        {
            throw Errors.ResponseTooLarge(request.Purpose, request.Endpoint, maximum / OAuthRequest.OneMebibyte);
        }

        return new HttpResponse
        {
            StatusCode = response.StatusCode,
            Uri = target,
            MediaType = response.Content.Headers.ContentType?.MediaType,
            CharacterSet = response.Content.Headers.ContentType?.CharSet,
            Body = body ?? [],
            IsTooLong = body is null,
            IsComplete = isComplete,
            RetryAfter = Http.RetryAfter.Read(response.Headers, now),
            Date = response.Headers.Date,
            ReadHeaders = HeadersOf(response.Headers, response.Content.Headers),
        };
    }

    private static Func<IReadOnlyDictionary<string, IReadOnlyList<string>>> HeadersOf(
        HttpResponseHeaders headers, HttpContentHeaders contentHeaders) =>
        () => headers.Concat(contentHeaders)
            .ToDictionary(h => h.Key, h => (IReadOnlyList<string>)[.. h.Value], StringComparer.OrdinalIgnoreCase);
}
