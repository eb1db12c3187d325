namespace OAuthPS.Emulator;

/// <summary>How long what a rehearsed server issues lives, in seconds.</summary>
internal sealed record Lifetimes
{
    private const long Most = 10L * 365 * 86400;

    /// <summary>Access tokens.</summary>
    public long AccessToken { get; init; } = 3600;

    /// <summary>Refresh tokens; null for ever.</summary>
    public long? RefreshToken { get; init; }

    /// <summary>Device codes.</summary>
    public long DeviceCode { get; init; } = 900;

    public string? Problem()
        => new[] { AccessToken, RefreshToken ?? 0, DeviceCode }.Any(seconds => seconds is < 0 or > Most)
            ? "lifetimes: each is a number of seconds, from 0 to ten years."
            : null;
}
