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
        try
        {
            SecretStoreCache.Refresh();
            using var shell = PowerShell.Create();
            shell.Runspace = await Task.Run(Open, cancellationToken).ConfigureAwait(false);
            build(shell);
            var running = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
            if (await Task.WhenAny(running, Task.Delay(_patience, cancellationToken)).ConfigureAwait(false) != running)
            {
                // What hangs may hang for ever: the next call gets a runspace of its own.
                _runspace = null;
                _ = shell.BeginStop(null, null);
                cancellationToken.ThrowIfCancellationRequested();
                throw VaultErrors.Silent(vault, _patience);
            }

            var result = await running.ConfigureAwait(false);
            return shell.HadErrors && shell.Streams.Error.Count > 0 ? throw VaultErrors.From(vault, shell.Streams.Error[0].Exception) : [.. result];
        }
        catch (RuntimeException failure)
        {
            throw VaultErrors.From(vault, failure);
        }
        finally
        {
            _gate.Release();
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
        runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        runspace.Open();
        return _runspace = runspace;
    }
}
