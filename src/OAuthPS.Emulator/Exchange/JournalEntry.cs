namespace OAuthPS.Emulator;

/// <summary>One request and its answer, every secret replaced by <c>***</c>.</summary>
public sealed record JournalEntry
{
    /// <summary>Counts from 1, also past a cleared journal.</summary>
    public long Id { get; init; }

    /// <summary>When the request came, by the emulator's clock.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The provider asked, such as <c>Blynk</c>; null when the path is nobody's.</summary>
    public string? Provider { get; init; }

    /// <summary>The method, such as <c>POST</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The full path, with the provider's base.</summary>
    public required string Path { get; init; }

    /// <summary>The query without its question mark.</summary>
    public required string Query { get; init; }

    /// <summary>The headers sent, by their names.</summary>
    public required IReadOnlyDictionary<string, string> RequestHeaders { get; init; }

    /// <summary>The content type sent; null without one.</summary>
    public string? RequestContentType { get; init; }

    /// <summary>A form or JSON with its secrets masked; <c>(N bytes)</c> for anything else.</summary>
    public required string RequestBody { get; init; }

    /// <summary>The status answered; 0 when the connection was dropped instead.</summary>
    public int Status { get; init; }

    /// <summary>The headers answered, by their names.</summary>
    public required IReadOnlyDictionary<string, string> ResponseHeaders { get; init; }

    /// <summary>As <see cref="RequestBody"/>.</summary>
    public required string ResponseBody { get; init; }
}
