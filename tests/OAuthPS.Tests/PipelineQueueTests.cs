namespace OAuthPS.Tests;

public class PipelineQueueTests
{
    private readonly PipelineQueue _queue = new();

    [Fact]
    public void What_was_left_before_the_end_is_done_in_its_order_and_what_came_after_it_is_not()
    {
        var done = new List<int>();
        _queue.Add(() => done.Add(1));
        _queue.Add(() => done.Add(2));
        _queue.Complete();
        _queue.Add(() => done.Add(3));

        _queue.Run();

        Assert.Equal([1, 2], done);
    }

    [Fact]
    public void A_stop_leaves_undone_what_is_left()
    {
        var done = new List<int>();
        _queue.Add(() =>
        {
            done.Add(1);
            _queue.Stop();
        });
        _queue.Add(() => done.Add(2));

        _queue.Run();

        Assert.Equal([1], done);
    }

    [Fact]
    public async Task Actions_of_other_threads_are_done_on_the_thread_that_waits()
    {
        const int Count = 10_000;
        var here = Environment.CurrentManagedThreadId;
        var done = 0;
        var work = Task.Run(() =>
        {
            Parallel.For(0, Count, _ => _queue.Add(() => done += Environment.CurrentManagedThreadId == here ? 1 : 0));
            _queue.Complete();
        });

        _queue.Run();

        await work;
        Assert.Equal(Count, done);
    }
}
