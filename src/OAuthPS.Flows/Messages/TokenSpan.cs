using System.Text.Json;

namespace OAuthPS.Flows.Messages;

/// <summary>From when to when a token is valid.</summary>
internal sealed record TokenSpan(DateTimeOffset ObtainedAt, DateTimeOffset ExpiresAt)
{
    private static readonly TimeSpan _sameTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _notice = TimeSpan.FromDays(3);

    /// <summary>From when on a user should know of the end: three days before it, or a tenth of the time if that is shorter.</summary>
    internal DateTimeOffset NoticeFrom =>
        (ExpiresAt - ObtainedAt) / 10 is var tenth && tenth < _notice ? ExpiresAt - tenth : ExpiresAt - _notice;

    /// <summary>The end of a token: the first of the members that says one.</summary>
    /// <returns>The end; null when none says it. Where one says something that is no time, a remark tells it.</returns>
    internal static DateTimeOffset? End(
        IEnumerable<(string Name, JsonElement Value)> members, TokenResponse.Origin origin, List<OAuthNotice> remarks)
    {
        string? unreadable = null;
        foreach (var (name, value) in members)
        {
            var time = ResponseTime.Read(value, isLifetime: !IsMoment(name), origin.SentAt);
            if (time.Lifetime is { } lifetime)
            {
                return origin.SentAt + lifetime;
            }

            if (time.Moment is { } moment)
            {
                return ByOurClock(moment, origin.SentAt, origin.ServerTime);
            }

            unreadable ??= time.IsUnreadable ? name : null;
        }

        if (unreadable is not null)
        {
            remarks.Add(Notices.TokenEndNotKnown(origin.Source, unreadable));
        }

        return null;
    }

    // "expires" is a number of seconds at Facebook, and a moment elsewhere: small numbers are the former.
    private static bool IsMoment(string name) =>
        !name.EndsWith("_in", StringComparison.Ordinal) && !name.EndsWith("In", StringComparison.Ordinal);

    // A moment of the server's clock. Where that differs from ours, the token would be expired on arrival or be kept too long: then it
    // counts for how long it lives. A few seconds are the way of the response, not the clock.
    private static DateTimeOffset ByOurClock(DateTimeOffset moment, DateTimeOffset sentAt, DateTimeOffset? serverTime)
    {
        if (serverTime is not { } date || (date - sentAt).Duration() <= _sameTime)
        {
            return moment;
        }

        var lifetime = moment - date;
        return lifetime <= DateTimeOffset.MaxValue - sentAt && lifetime >= DateTimeOffset.MinValue - sentAt ? sentAt + lifetime : moment;
    }
}
