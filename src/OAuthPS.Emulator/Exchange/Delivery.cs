using System.Text;

namespace OAuthPS.Emulator;

/// <summary>Puts an answer on the wire, as it is or as a fault wants it.</summary>
internal static class Delivery
{
    // Begins like a token answer, so that a client that trusts the first bytes goes on reading.
    private const string EndlessBeginning = "{\"access_token\":\"";

    private static readonly TimeSpan _halfIsRead = TimeSpan.FromMilliseconds(50);

    /// <summary>Replaces what was answered by what the fault answers; headers alone are added to the real answer.</summary>
    public static async Task ApplyAsync(HttpContext context, Fault fault)
    {
        var response = context.Response;
        if (fault.Answers)
        {
            response.Headers.Clear();
            response.Body.SetLength(0);
            response.StatusCode = fault.Status ?? 200;
            var body = fault.Body ?? (fault.EndlessBody ? EndlessBeginning : "");
            if (body.Length > 0)
            {
                response.ContentType = fault.ContentType ?? MediaType.Json;
            }

            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        }

        foreach (var (name, value) in fault.Headers ?? new Dictionary<string, string>())
        {
            response.Headers[name] = value;
        }
    }

    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, Fault? fault, CancellationToken ending)
    {
        var response = context.Response;
        try
        {
            if (fault is { EndlessBody: true })
            {
                await response.Body.WriteAsync(body, ending);
                var more = Encoding.ASCII.GetBytes(new string('a', 16 * 1024));
                while (true)
                {
                    await response.Body.WriteAsync(more, ending);
                }
            }

            // These never have a body (RFC 9110 section 6.4.1).
            if (response.StatusCode is 204 or 205 or 304)
            {
                body = default;
            }
            else
            {
                response.ContentLength ??= body.Length;
            }

            if (fault is { DropMidway: true })
            {
                await response.Body.WriteAsync(body[..(body.Length / 2)], ending);
                await response.Body.FlushAsync(ending);
                // An abort resets the connection and takes along what the client has not read yet.
                await Task.Delay(_halfIsRead, ending);
                context.Abort();
            }
            else if (body.Length > 0 && !HttpMethods.IsHead(context.Request.Method))
            {
                await response.Body.WriteAsync(body, ending);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }
}
