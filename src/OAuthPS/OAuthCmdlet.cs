using System.Management.Automation;
using OAuthPS.Advice;
using OAuthPS.Flows;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Parameters;
using OAuthPS.Vaults;

namespace OAuthPS;

/// <summary>
/// The base of every cmdlet: runs asynchronous work and brings its messages back to the pipeline thread, ends it at once on
/// Ctrl+C, and turns a failure into an error record.
/// </summary>
public abstract class OAuthCmdlet : PSCmdlet, IFlowLog, IDisposable
{
    private const int WaitActivityId = 9110;
    private const int TransferActivityId = 9112;

    private readonly CancellationTokenSource _stop = new();
    private volatile PipelineQueue? _forPipelineThread;
    private int _pipelineThread;
    private bool _wantsVerbose;

    /// <summary>The sessions of the runspace the cmdlet runs in.</summary>
    private protected static SessionList Sessions => SessionStore.Current;

    /// <summary>Cancelled by Ctrl+C.</summary>
    internal CancellationToken StopToken => _stop.Token;

    bool IFlowLog.WantsVerbose => _wantsVerbose;

    void IFlowLog.Verbose(string message) => OnPipelineThread(() => WriteVerbose(message));

    void IFlowLog.Verbose(OAuthNotice notice) => OnPipelineThread(() => WriteVerbose(NoticeText.Of(notice)));

    void IFlowLog.Warning(OAuthNotice notice) => OnPipelineThread(() => WriteWarning(NoticeText.Of(notice)));

    void IFlowLog.Waiting(string? reason, TimeSpan duration) => OnPipelineThread(() => WriteProgress(
        new ProgressRecord(WaitActivityId, TerminalText.Escape(reason ?? "Waiting"), "Trying again soon; Ctrl+C ends the wait")
        {
            SecondsRemaining = (int)Math.Ceiling(duration.TotalSeconds),
            RecordType = reason is null ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        }));

    void IFlowLog.Transferring(long? bytes, long? total) =>
        OnPipelineThread(() => WriteProgress(TransferText.Of(TransferActivityId, bytes, total)));

    // What is said holds names and words from files and servers. These stand in the place of PowerShell's own, for every cmdlet.
    private protected new void WriteVerbose(string text) => base.WriteVerbose(TerminalText.Escape(text));

    private protected new void WriteWarning(string text) => base.WriteWarning(TerminalText.Escape(text));

    private protected new bool ShouldProcess(string target, string action) =>
        base.ShouldProcess(TerminalText.Escape(target), TerminalText.Escape(action));

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C came when the cmdlet had just ended.
        }
    }

    /// <summary>Runs work that may wait, and waits for it. Ctrl+C ends the wait at once, whatever the work is doing.</summary>
    private protected T Await<T>(Func<IFlowLog, CancellationToken, Task<T>> work)
    {
        _pipelineThread = Environment.CurrentManagedThreadId;
        _wantsVerbose = WantsVerbose();
        var queue = new PipelineQueue();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _forPipelineThread = queue;
        try
        {
            var task = work(this, ending.Token);
            if (!task.IsCompleted)
            {
                // On the thread that ends the work: to hand it to another one costs as much as the whole of a short wait.
                _ = task.ContinueWith(
                    static (_, queue) =>
                        ((PipelineQueue)queue!).Complete(), queue, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                            TaskScheduler.Default);
                using var stopping = _stop.Token.UnsafeRegister(static queue => ((PipelineQueue)queue!).Stop(), queue);
                queue.Run();
                _stop.Token.ThrowIfCancellationRequested();
            }

            if (SecretStoreCache.TakeWarning() is { } warning)
            {
                WriteWarning(warning);
            }

            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            // What is said after the cmdlet has ended has no pipeline to go to; and what is left of the work, after a warning that
            // was told to stop the pipeline, has nobody who waits for it.
            _forPipelineThread = null;
            ending.Cancel();
        }
    }

    private protected void Await(Func<IFlowLog, CancellationToken, Task> work) => Await(async (log, cancellationToken) =>
    {
        await work(log, cancellationToken).ConfigureAwait(false);
        return true;
    });

    /// <summary>The session meant: the one given, else the current one; null when there is none.</summary>
    private protected static OAuthSession? FindSession(OAuthSessionReference? given) =>
        given is null ? Sessions.Current : given.Resolve(Sessions);

    /// <summary>The session meant; ends the cmdlet when there is none.</summary>
    private protected OAuthSession RequireSession(OAuthSessionReference? given) => FindSession(given)
        ?? throw Refuse(ErrorRecords.SessionNotFound(given, [.. Sessions.All.Select(known => known.Name)]));

    /// <summary>A token as it was given, or a session's own, renewed when needed.</summary>
    private protected Secret Reveal(TokenSource token) => token.Value
        ?? Await(
            (log, cancellationToken) =>
                token.Session!.Resolve(Sessions)!.GetTokenAsync(log: log, cancellationToken: cancellationToken).AsTask()).Value;

    /// <summary>The file that a path of PowerShell names.</summary>
    private protected string FileAt(string path)
    {
        try
        {
            return GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (Exception failure) when (
            failure is RuntimeException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // PowerShell's words repeat what was given, which may be a key by mistake. No such file: the library says so without it.
            return path;
        }
    }

    /// <summary>Ends the cmdlet. It does not return; to throw what it gives tells the compiler so.</summary>
    internal PipelineStoppedException Refuse(ErrorRecord record)
    {
        ThrowTerminatingError(record);
        return new PipelineStoppedException();
    }

    /// <summary>Runs a step; its failure ends the cmdlet.</summary>
    private protected T OrThrow<T>(Func<T> step, object? target)
    {
        try
        {
            return step();
        }
        catch (OAuthException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, target));
            throw;
        }
    }

    /// <summary>
    /// Runs a step for one object of many; its failure is reported and the next one gets its turn. True when it did not fail.
    /// </summary>
    private protected bool OrReport(Action step, object? target)
    {
        try
        {
            step();
            return true;
        }
        catch (OAuthException failure)
        {
            WriteError(ErrorRecords.From(failure, target));
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    // PowerShell turns the switch into a preference for commands of scripts, not of assemblies.
    private bool WantsVerbose() => MyInvocation.BoundParameters.TryGetValue("Verbose", out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : GetVariableValue("VerbosePreference")?.ToString() is not (
            null or nameof(ActionPreference.SilentlyContinue) or nameof(ActionPreference.Ignore));

    private protected bool WantsWhatIf() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var asked)
        ? asked is SwitchParameter { IsPresent: true }
        : GetVariableValue("WhatIfPreference") is true or SwitchParameter { IsPresent: true };

    private protected void OnPipelineThread(Action action)
    {
        if (Environment.CurrentManagedThreadId == _pipelineThread)
        {
            action();
        }
        else
        {
            _forPipelineThread?.Add(action);
        }
    }
}
