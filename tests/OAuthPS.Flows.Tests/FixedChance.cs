namespace OAuthPS.Flows.Tests;

/// <summary>Chance that always turns out the same.</summary>
internal sealed class FixedChance : Random
{
    /// <summary>Of the range from 0 to 1.</summary>
    internal double Value { get; set; } = 1;

    public override double NextDouble() => Value;
}
