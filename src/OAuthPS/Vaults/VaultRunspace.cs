using System.Management.Automation;
using System.Management.Automation.Runspaces;
using OAuthPS.Flows;

namespace OAuthPS.Vaults;

/// <summary>
/// A runspace of the module's own in which SecretManagement works, one call at a time: it is not safe for use from several
/// runspaces at once (its issue 188), a renewal must reach the vault after the cmdlet that began it was stopped, and without a
/// host a vault that wants a password fails instead of waiting for one.
/// </summary>
internal static class VaultRunspace
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly SemaphoreSlim _gate = new(1, 1);
    private static Runspace? _runspace;

    /// <summary>Runs a command and gives what it returned.</summary>
    /// <exception cref="OAuthException">The command failed or did not end; the message names the vault.</exception>
    internal static async Task<IReadOnlyList<PSObject>> InvokeAsync(string vault, Action<PowerShell> build, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        var running = Task.Factory.StartNew(() => Run(vault, build), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        // The next call has to wait for this one whoever gives up on it: what a vault is doing cannot be interrupted safely.
        _ = running.ContinueWith(_ => _gate.Release(), TaskScheduler.Default);
        try
        {
            return await running.WaitAsync(_patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw VaultErrors.Silent(vault, _patience);
        }
    }

    /// <summary>Does something while no call is under way.</summary>
    internal static void BetweenCalls(Action action)
    {
        _gate.Wait();
        try
        {
            action();
        }
        finally
        {
            _gate.Release();
        }
    }

    // On a thread of the call's own, from its first command to its last.
    private static List<PSObject> Run(string vault, Action<PowerShell> build)
    {
        try
        {
            SecretStoreCache.Refresh();
            using var shell = PowerShell.Create();
            shell.Runspace = Open();
            build(shell);
            List<PSObject> result = [.. shell.Invoke()];
            return shell.HadErrors && shell.Streams.Error.Count > 0 ? throw VaultErrors.From(vault, shell.Streams.Error[0].Exception) : result;
        }
        catch (RuntimeException failure)
        {
            throw VaultErrors.From(vault, failure);
        }
    }

    private static Runspace Open()
    {
        if (_runspace is { RunspaceStateInfo.State: RunspaceState.Opened } opened)
        {
            return opened;
        }

        var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault());
        runspace.Name = "OAuthPS vaults";
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        return _runspace = runspace;
    }
}
