using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>Registered claims of a JWT (RFC 7519 section 4.1), read and checked the same wherever a JWT is.</summary>
internal static class JwtClaims
{
    /// <summary>Clocks differ; five minutes is what servers commonly grant each other.</summary>
    internal static TimeSpan Skew { get; } = TimeSpan.FromMinutes(5);

    internal static double? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds) && double.IsFinite(seconds)
            ? seconds
            : null;

    /// <returns>The moment, UTC; null where there is none, or one outside of the calendar.</returns>
    internal static DateTimeOffset? Moment(JsonElement claims, string name) =>
        Time(claims, name) is { } seconds && seconds > DateTimeOffset.MinValue.ToUnixTimeSeconds()
            && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    /// <summary>A text, or a list of them (section 4.1.3); what is neither is null in its place.</summary>
    internal static IReadOnlyList<string?> Audiences(JsonElement claims) => !claims.TryGetProperty("aud", out var aud) ? []
        : aud.ValueKind == JsonValueKind.Array ? [.. aud.EnumerateArray().Select(WireFormat.Text)]
        : [WireFormat.Text(aud)];

    internal static string? IssuerFlaw(JsonElement claims, string issuer) =>
        JsonWebSignature.Text(claims, "iss") == issuer ? null : "is of another issuer (iss)";

    internal static string? EndFlaw(JsonElement claims, DateTimeOffset now, TimeSpan skew) =>
        Time(claims, "exp") is { } end && end > now.Subtract(skew).ToUnixTimeSeconds() ? null : "has expired, or does not say when (exp)";

    internal static string? StartFlaw(JsonElement claims, DateTimeOffset now, TimeSpan skew) =>
        !claims.TryGetProperty("nbf", out _) || (Time(claims, "nbf") is { } start && start < now.Add(skew).ToUnixTimeSeconds())
            ? null
            : "is not valid yet (nbf)";
}
