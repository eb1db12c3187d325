namespace OAuthPS.Flows.Http;

/// <summary>Reads a body up to a bound, so that an endless one costs the bound and not the memory.</summary>
internal static class BoundedContent
{
    private const int LargestRead = 16 * 1024;
    private const int LargestStart = 64 * 1024;

    /// <returns>The body, or null when it is longer than <paramref name="maximum"/> bytes.</returns>
    /// <exception cref="IOException">The body ended early, or cannot be unpacked.</exception>
    internal static async Task<byte[]?> ReadAsync(HttpContent content, int maximum, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maximum)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            // As large as the response says it is, so that an ordinary one is neither copied again nor leaves a large buffer behind. What
            // says more than that has to send it first.
            var expected = (int)Math.Min(content.Headers.ContentLength ?? 0, LargestStart);
            using var body = new MemoryStream(expected);
            var buffer = new byte[expected is > 0 and < LargestRead ? expected + 1 : LargestRead];
            int read;
            while ((read = await ReadAsync(stream, buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > maximum)
                {
                    return null;
                }

                body.Write(buffer, 0, read);
            }

            return body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
        }
    }

    /// <exception cref="IOException">The body ended early, or cannot be unpacked.</exception>
    internal static async ValueTask<int> ReadAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is InvalidDataException or InvalidOperationException)
        {
            // What gzip and deflate, and what Brotli, say of a body that is none.
            throw new HttpIOException(HttpRequestError.InvalidResponse);
        }
    }
}
