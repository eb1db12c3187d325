using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OAuthPS.Vaults;

/// <summary>
/// A runspace of the module's own for vaults, one call at a time. SecretManagement is not safe for use from several runspaces at once
/// (its issue 188), a renewal must reach the vault after the cmdlet that began it was stopped, and without a host a vault that wants a
/// password fails instead of waiting for one. SecretManagement runs all vaults in one place, so a vault that hangs there would stop all
/// of them: the others are then called past it, each in a runspace of its own.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process.")]
internal sealed class VaultRunspace
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private static readonly VaultRunspace _shared = new();
    private static readonly ConcurrentDictionary<string, VaultRunspace> _own = new(StringComparer.OrdinalIgnoreCase);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Call? _call;
    private Runspace? _runspace;

    /// <summary>
    /// How long one call may take. What a vault is doing cannot be interrupted safely, so it goes on when nobody waits any more.
    /// </summary>
    internal static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs a command and gives what it returned.</summary>
    /// <exception cref="Flows.OAuthException">The command failed or did not end; the message names the vault.</exception>
    internal static async Task<IReadOnlyList<PSObject>> InvokeAsync(VaultCommand command, CancellationToken cancellationToken)
    {
        var vault = command.Vault ?? "";
        if (await _shared.TryEnterAsync(vault, cancellationToken).ConfigureAwait(false))
        {
            return await _shared.RunAsync(vault, command.AddTo, cancellationToken).ConfigureAwait(false);
        }

        var own = _own.GetOrAdd(vault, _ => new VaultRunspace());
        await own.TryEnterAsync(vault, cancellationToken).ConfigureAwait(false);
        return await own.RunAsync(vault, command.AddDirectlyTo, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does something while no call is under way; leaves it when one hangs.</summary>
    internal static async Task BetweenCallsAsync(Action action)
    {
        if (await _shared._gate.WaitAsync(Patience).ConfigureAwait(false))
        {
            try
            {
                action();
            }
            finally
            {
                _shared._gate.Release();
            }
        }
    }

    // True when it is this vault's turn; false when another vault keeps the runspace for longer than it should.
    private async Task<bool> TryEnterAsync(string vault, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await _gate.WaitAsync(_pause, cancellationToken).ConfigureAwait(false))
        {
            var (waited, call) = (Stopwatch.GetElapsedTime(began), _call);
            if (call is not null && !call.IsOf(vault) && call.Age > Patience / 6)
            {
                return false;
            }

            if (call is not null && call.IsOf(vault) && call.Age > Patience)
            {
                throw VaultErrors.Silent(vault, call.Age);
            }

            if (waited > Patience * 2)
            {
                throw VaultErrors.Silent(vault, waited);
            }
        }

        return true;
    }

    private async Task<IReadOnlyList<PSObject>> RunAsync(string vault, Action<PowerShell> build, CancellationToken cancellationToken)
    {
        _call = new Call(vault, Stopwatch.GetTimestamp());
        var running = Task.Factory.StartNew(
            () => Run(vault, build), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = running.ContinueWith(_ => Leave(), TaskScheduler.Default);
        try
        {
            return await running.WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw VaultErrors.Silent(vault, Patience);
        }
    }

    private void Leave()
    {
        _call = null;
        _gate.Release();
    }

    // On a thread of the call's own, from its first command to its last.
    private List<PSObject> Run(string vault, Action<PowerShell> build)
    {
        try
        {
            SecretStoreCache.Refresh();
            using var shell = PowerShell.Create();
            shell.Runspace = Open();
            build(shell);
            List<PSObject> result = [.. shell.Invoke()];
            return shell.HadErrors && shell.Streams.Error.Count > 0
                ? throw VaultErrors.From(vault, shell.Streams.Error[0].Exception)
                : result;
        }
        catch (RuntimeException failure)
        {
            throw VaultErrors.From(vault, failure);
        }
    }

    private Runspace Open()
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

    private sealed record Call(string Vault, long Began)
    {
        internal TimeSpan Age => Stopwatch.GetElapsedTime(Began);

        internal bool IsOf(string vault) => Vault.Equals(vault, StringComparison.OrdinalIgnoreCase);
    }
}
