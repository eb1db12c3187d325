using System.Collections.Concurrent;
using System.Diagnostics;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>The library's activities below one of the test's own, so that tests beside it are not seen.</summary>
internal sealed class ObservedActivities : IDisposable
{
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityListener _listener;
    private readonly Activity _test = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();

    internal ObservedActivities()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == OAuthActivity.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _test.TraceId)
                    _stopped.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>In the order in which they ended.</summary>
    internal IReadOnlyList<Activity> All => [.. _stopped];

    internal Activity Single(string name) => Assert.Single(All, activity => activity.OperationName == name);

    /// <summary>A line for each: its parent, its name, its tags.</summary>
    internal IEnumerable<string> Lines => All.Select(activity =>
        $"{activity.Parent?.OperationName} > {activity.OperationName}: {string.Join(", ", activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}");

    public void Dispose()
    {
        _listener.Dispose();
        _test.Dispose();
    }
}
