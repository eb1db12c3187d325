namespace OAuthPS.Emulator;

/// <summary>How a sign-in on another device goes: nobody is there, so the dialect says how often it is asked for and how it ends.</summary>
internal sealed record DeviceManner
{
    private const int Most = 1000;

    /// <summary>How long a client is to wait between two polls, in seconds.</summary>
    public int Interval { get; init; } = 5;

    /// <summary>How many polls are answered with <c>authorization_pending</c>.</summary>
    public int Pending { get; init; } = 1;

    /// <summary>The error with which it ends; null for a token.</summary>
    public string? Outcome { get; init; }

    public string? Problem()
        => Interval is < 0 or > 3600 ? "device: interval is a number of seconds, from 0 to 3600."
            : Pending is < 0 or > Most ? $"device: pending is a number of polls, from 0 to {Most}."
            : Outcome is not (null or "access_denied" or "expired_token") ? "device: outcome is access_denied or expired_token."
            : null;
}
