namespace OAuthPS.Emulator;

/// <summary>The body of a request, read once and in full before anything looks at it.</summary>
internal sealed record ReceivedBody(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The most that is read of a body; a token request is a few hundred bytes.</summary>
    public const int Limit = 1024 * 1024;

    public static ReadOnlyMemory<byte> Of(HttpContext context) => context.Features.Get<ReceivedBody>()?.Bytes ?? default;

    /// <summary>Reads the body; throws BadHttpRequestException when it is too large or malformed.</summary>
    public static async Task ReadAsync(HttpContext context)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        context.Features.Set(new ReceivedBody(bytes.ToArray()));
    }
}
