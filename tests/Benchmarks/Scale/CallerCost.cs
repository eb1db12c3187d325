using System.Diagnostics;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;

namespace OAuthPS.Benchmarks.Scale;

/// <summary>What an expiry costs when many ask at once, beside one request of one caller, taken in turn.</summary>
internal sealed record CallerCost(double OneMicroseconds, double AllMicroseconds)
{
    private const int Rounds = 201;

    internal static async Task<CallerCost> MeasureAsync(TokenServer server, int count)
    {
        var clock = new ManualClock();
        using var invoker = new HttpMessageInvoker(HttpTransport.CreateHandler());
        var session = await OAuthConnection.ConnectAsync(Given.Request(server.Url), new HttpTransport(invoker, clock));
        var waiting = new ValueTask<AccessToken>[count];
        var one = new List<double>();
        var all = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            var started = Stopwatch.GetTimestamp();
            await session.GetTokenAsync();
            one.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);

            clock.Advance(TimeSpan.FromHours(1));
            started = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                waiting[i] = session.GetTokenAsync();
            }

            foreach (var token in waiting)
            {
                await token;
            }

            all.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        return new CallerCost(Median(one), Median(all));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
