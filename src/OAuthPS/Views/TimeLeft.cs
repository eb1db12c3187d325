using System.Management.Automation;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Views;

/// <summary>Expiry as a person reads it: <c>14 min</c>, <c>expired 3 min ago</c>.</summary>
public static class TimeLeft
{
    private const string Expired = "expired";

    /// <summary>
    /// The time left of a session or a token; called by the views. A type file would have it as a property, and would cost an import more
    /// than all the views do (docs/performance.md).
    /// </summary>
    public static string Get(PSObject instance) => instance?.BaseObject switch
    {
        OAuthSession session => Describe(session.ExpiresAt, DateTimeOffset.UtcNow),
        OAuthToken token => Describe(token.ExpiresAt, DateTimeOffset.UtcNow),
        OAuthTokenTest test => Describe(test.ExpiresAt, DateTimeOffset.UtcNow),
        OAuthClientAssertion assertion => Describe(assertion.ExpiresAt, DateTimeOffset.UtcNow),
        OAuthJwt jwt => Describe(jwt.ExpiresAt, DateTimeOffset.UtcNow),
        _ => "",
    };

    /// <summary>The same for a view: what has expired in colour, where there are colours.</summary>
    /// <param name="instance">A session, a token, or whatever else has an end.</param>
    /// <param name="rendering">
    /// <c>$PSStyle.OutputRendering</c>: with <c>Host</c> PowerShell leaves colours in what goes to a file or another program.
    /// </param>
    /// <param name="colour">What turns the colour on.</param>
    /// <param name="reset">What turns it off.</param>
    public static string Show(PSObject instance, string rendering, string colour, string reset)
    {
        var words = Get(instance);
        var hasColours = rendering == "Ansi" || (rendering == "Host" && !Console.IsOutputRedirected);
        return hasColours && words.StartsWith(Expired, StringComparison.Ordinal) ? colour + words + reset : words;
    }

    internal static string Describe(DateTimeOffset? expiresAt, DateTimeOffset now) => expiresAt switch
    {
        null => "",
        { } end when end <= now => $"{Expired} {Words(now - end)} ago",
        { } end => Words(end - now),
    };

    private static string Words(TimeSpan span) => span switch
    {
        { TotalSeconds: < 120 } => $"{Math.Floor(span.TotalSeconds):0} s",
        { TotalMinutes: < 120 } => $"{Math.Floor(span.TotalMinutes):0} min",
        { TotalHours: < 48 } => $"{Math.Floor(span.TotalHours):0} h",
        _ => $"{Math.Floor(span.TotalDays):0} d",
    };
}
