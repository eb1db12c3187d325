namespace OAuthPS.Emulator;

/// <summary>Something that goes wrong on purpose with the requests it matches.</summary>
public sealed record Fault
{
    /// <summary>How the path begins, such as <c>/blynk/oauth2/token</c>; everything when empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>The method; any when null.</summary>
    public string? Method { get; init; }

    /// <summary>How many requests it strikes; 0 for all that come.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many matching requests it lets pass first.</summary>
    public int Skip { get; init; }

    /// <summary>The status to answer with in place of the real answer.</summary>
    public int? Status { get; init; }

    /// <summary>Headers to answer with, such as <c>Retry-After</c>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The content type of <see cref="Body"/>; <c>application/json</c> when null.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body to answer with in place of the real answer.</summary>
    public string? Body { get; init; }

    /// <summary>
    /// How long the answer takes. Real time, not the emulator's clock: this is the network being slow, and a test
    /// that holds the clock still needs it to pass.
    /// </summary>
    public int? DelayMilliseconds { get; init; }

    /// <summary>The connection is aborted in place of an answer.</summary>
    public bool Drop { get; init; }

    /// <summary>The connection is aborted after the headers and half of the body.</summary>
    public bool DropMidway { get; init; }

    /// <summary>The body never ends.</summary>
    public bool EndlessBody { get; init; }

    /// <summary>The request is handled first, and only its answer is lost: a refresh token is used up by then.</summary>
    public bool AfterHandling { get; init; }

    /// <summary>True when the fault brings an answer of its own.</summary>
    internal bool Answers => Status is not null || Body is not null || EndlessBody;

    /// <summary>What makes it unusable, in words; null when nothing does.</summary>
    internal string? Problem()
    {
        if (Path is null)
        {
            return "path must not be null.";
        }

        if (Status is < 200 or > 599)
        {
            return "status must be from 200 to 599.";
        }

        if (Times < 0)
        {
            return "times must not be negative.";
        }

        if (Skip < 0)
        {
            return "skip must not be negative.";
        }

        if (DelayMilliseconds is < 0)
        {
            return "delayMilliseconds must not be negative.";
        }

        return HeaderText.FirstBad(Headers) is { } name ? $"the header '{name}' cannot be sent."
            : ContentType is not null && !HeaderText.IsValue(ContentType) ? "contentType cannot be sent."
            : null;
    }
}
