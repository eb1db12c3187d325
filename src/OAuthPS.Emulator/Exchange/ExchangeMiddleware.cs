namespace OAuthPS.Emulator;

/// <summary>
/// Around every request to a provider: receives it, lets a fault strike, has it handled, enters it in the journal and
/// only then delivers the answer, so that whoever has an answer finds it in the journal.
/// </summary>
internal sealed class ExchangeMiddleware(
    EmulatorContext emulator, IReadOnlyList<Provider> providers, Journal journal, FaultQueue faults, CancellationToken stopping)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "";
        var provider = providers.FirstOrDefault(candidate => request.Path.StartsWithSegments(candidate.PathBase, StringComparison.Ordinal));
        var time = emulator.Now;
        var fault = faults.Take(request.Method, path);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        using var answer = new MemoryStream();
        var wire = context.Response.Body;
        context.Response.Body = answer;
        var delivered = fault is not { Drop: true };
        try
        {
            await HandleAsync(context, next, provider, fault, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            delivered = false;
        }
        finally
        {
            context.Response.Body = wire;
        }

        journal.Add(new JournalEntry
        {
            Time = time.ToUniversalTime(),
            Provider = provider?.Name,
            Method = request.Method,
            Path = SecretMask.Path(path),
            Query = SecretMask.Pairs(request.QueryString.Value ?? ""),
            RequestHeaders = SecretMask.Headers(request.Headers),
            RequestContentType = request.ContentType is { } contentType ? SecretMask.Header("Content-Type", contentType) : null,
            RequestBody = SecretMask.Body(request.ContentType, ReceivedBody.Of(context).Span),
            Status = delivered ? context.Response.StatusCode : 0,
            ResponseHeaders = SecretMask.Headers(context.Response.Headers),
            ResponseBody = SecretMask.Body(context.Response.ContentType, answer.GetBuffer().AsSpan(0, (int)answer.Length)),
        });

        if (delivered)
        {
            await Delivery.SendAsync(context, answer.GetBuffer().AsMemory(0, (int)answer.Length), fault, ending.Token);
        }
        else
        {
            context.Abort();
        }
    }

    private static async Task HandleAsync(
        HttpContext context, RequestDelegate next, Provider? provider, Fault? fault, CancellationToken ending)
    {
        try
        {
            await ReceivedBody.ReadAsync(context);
        }
        catch (BadHttpRequestException refused)
        {
            await Refuse(provider, refused.StatusCode, "The body is too large or malformed.").ExecuteAsync(context);
            return;
        }

        if (fault is { AfterHandling: false })
        {
            await DelayAsync(fault, ending);
        }

        if (fault is null || fault.AfterHandling || !(fault.Answers || fault.Drop))
        {
            await AnswerAsync(context, next, provider);
        }

        if (fault is { AfterHandling: true })
        {
            await DelayAsync(fault, ending);
        }

        if (fault is not null)
        {
            await Delivery.ApplyAsync(context, fault);
        }
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, Provider? provider)
    {
        try
        {
            await next(context);
            await NameTheRefusalAsync(context, provider);
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            // A mistake of the emulator's: to be seen in the journal as well, not on a closed connection only.
            await Refuse(provider, 500, $"The emulator failed ({mistake.GetType().Name}).").ExecuteAsync(context);
        }
    }

    private static Task DelayAsync(Fault fault, CancellationToken ending)
        => fault.DelayMilliseconds is > 0 and var delay ? Task.Delay(delay, ending) : Task.CompletedTask;

    // Routing refuses an unknown path and a wrong method (with Allow) by a status alone; providers say so in a body.
    private static async Task NameTheRefusalAsync(HttpContext context, Provider? provider)
    {
        var status = context.Response.StatusCode;
        if (status is 404 or 405 && context.Response.Body.Length == 0)
        {
            await Refuse(provider, status, status == 404 ? "Not Found" : "Method Not Allowed").ExecuteAsync(context);
        }
    }

    private static Answer Refuse(Provider? provider, int status, string reason)
        => provider?.Refuse(status, reason) ?? OAuthError.Of(status, "invalid_request", reason);
}
