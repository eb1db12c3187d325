using OAuthPS.Views;

namespace OAuthPS.Tests;

public sealed class TimeLeftTests
{
    private static readonly DateTimeOffset _now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.5, "0 s")]
    [InlineData(1, "1 s")]
    [InlineData(119.9, "119 s")]
    [InlineData(120, "2 min")]
    [InlineData(899, "14 min")]
    [InlineData(7199, "119 min")]
    [InlineData(7200, "2 h")]
    [InlineData(86400, "24 h")]
    [InlineData(172800, "2 d")]
    [InlineData(315360000, "3650 d")]
    public void What_is_left_is_one_number_and_its_unit_rounded_down(double seconds, string expected) =>
        Assert.Equal(expected, TimeLeft.Describe(_now.AddSeconds(seconds), _now));

    [Theory]
    [InlineData(0, "expired 0 s ago")]
    [InlineData(-30, "expired 30 s ago")]
    [InlineData(-200, "expired 3 min ago")]
    [InlineData(-200000, "expired 2 d ago")]
    public void What_is_past_says_for_how_long(double seconds, string expected) =>
        Assert.Equal(expected, TimeLeft.Describe(_now.AddSeconds(seconds), _now));

    [Fact]
    public void Nothing_is_said_of_an_end_nobody_knows() => Assert.Equal("", TimeLeft.Describe(null, _now));

    [Fact]
    public void The_ends_of_the_calendar_are_told_too()
    {
        Assert.EndsWith(" d", TimeLeft.Describe(DateTimeOffset.MaxValue, _now), StringComparison.Ordinal);
        Assert.StartsWith("expired ", TimeLeft.Describe(DateTimeOffset.MinValue, _now), StringComparison.Ordinal);
    }

    [Fact]
    public void A_moment_is_the_same_in_every_time_zone() =>
        Assert.Equal("5 min", TimeLeft.Describe(_now.AddMinutes(5).ToOffset(TimeSpan.FromHours(9)), _now));
}
