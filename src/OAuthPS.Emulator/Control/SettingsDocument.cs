using System.Text.Json;

namespace OAuthPS.Emulator;

/// <summary>The settings as <c>/_emulator/settings</c> shows and takes them: in seconds, null for what is documented.</summary>
internal sealed record SettingsDocument(double? TokenLifetimeSeconds, double? RefreshTokenLifetimeSeconds)
{
    // Far enough for any rehearsal, and no expiry leaves the calendar.
    private const double Most = 10 * 365 * 86400.0;

    public static SettingsDocument Of(EmulatorSettings settings)
        => new(settings.TokenLifetime?.TotalSeconds, settings.RefreshTokenLifetime?.TotalSeconds);

    /// <summary>Changes what the document names and leaves the rest as it is.</summary>
    /// <exception cref="ArgumentException">The document names something else, or a value is not a number in range.</exception>
    public static void Apply(JsonElement document, EmulatorSettings settings)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("The settings are a JSON object.", nameof(document));
        }

        var changes = new List<Action>();
        foreach (var member in document.EnumerateObject())
        {
            var value = Seconds(member);
            changes.Add(member.Name switch
            {
                "tokenLifetimeSeconds" => () => settings.TokenLifetime = value,
                "refreshTokenLifetimeSeconds" => () => settings.RefreshTokenLifetime = value,
                _ => throw new ArgumentException($"There is no setting '{member.Name}'.", nameof(document)),
            });
        }

        changes.ForEach(change => change());
    }

    private static TimeSpan? Seconds(JsonProperty member)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out var seconds) && Math.Abs(seconds) <= Most
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentException($"{member.Name} is null or a number of seconds, at most ten years.");
    }
}
