namespace OAuthPS.Emulator;

/// <summary>What an emulator is started with.</summary>
public sealed record EmulatorOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The clock by which codes and tokens expire.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long access tokens live; null for what each provider documents.</summary>
    public TimeSpan? TokenLifetime { get; init; }

    /// <summary>The servers that are played besides, each below its provider's name.</summary>
    public IReadOnlyList<Rehearsal> Rehearsals { get; init; } = [];
}
