namespace OAuthPS.Emulator;

/// <summary>What every provider shares: the clock and the settings.</summary>
internal sealed record EmulatorContext(TimeProvider Clock, EmulatorSettings Settings)
{
    public DateTimeOffset Now => Clock.GetUtcNow();
}
