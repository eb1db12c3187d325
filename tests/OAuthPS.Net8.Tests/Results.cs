using Xunit.Abstractions;

namespace OAuthPS.Net8.Tests;

/// <summary>Counts the results, and writes each that is no success. It is told of them in turn, by one thread.</summary>
internal sealed class Results(TextWriter writer) : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    internal int Passed { get; private set; }

    internal int Failed { get; private set; }

    internal int Skipped { get; private set; }

    internal ManualResetEvent Finished { get; } = new(false);

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestPassed:
                Passed++;
                break;
            case ITestSkipped skipped:
                Skipped++;
                writer.WriteLine($"SKIPPED {skipped.Test.DisplayName}: {skipped.Reason}");
                break;
            // A test, or a fixture that did not end well.
            case IFailureInformation failure:
                Failed++;
                writer.WriteLine($"FAILED {(message as ITestMessage)?.Test.DisplayName}");
                writer.WriteLine(string.Join('\n', failure.Messages.Concat(failure.StackTraces)));
                break;
            case ITestAssemblyFinished:
                Finished.Set();
                break;
        }

        return true;
    }

    public void Dispose() => Finished.Dispose();
}
