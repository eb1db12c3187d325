using System.Reflection;

namespace OAuthPS.Vaults;

/// <summary>
/// SecretStore keeps its file in memory, takes up another process's change five seconds later, and writes all of what it
/// holds (https://github.com/PowerShell/SecretStore/issues/111): whoever reads before that reads the past, and whoever writes
/// loses the other's change. And what it does after those five seconds it does on a timer's thread, where it gets in the way of a call
/// under way and ends the process. Nothing public reads the file again: Unlock-SecretStore does, but wants the password, and is refused
/// by a store without one. So its own method is called by name, before each call, and what its timer does is done between two calls.
/// Tested with SecretStore 1.0.6, whose source is the same as the last that was published. Where another version has no such members,
/// nothing is done, and the user is told once.
/// </summary>
internal static class SecretStoreCache
{
    private const string Name = "Microsoft.PowerShell.SecretStore";
    private const string Tested = "1.0.6";

    private static string? _warning;
    private static int _isTold;

    /// <summary>What to tell the user about SecretStore, once; null when there is nothing, or it is told.</summary>
    internal static string? TakeWarning() => Interlocked.Exchange(ref _warning, null);

    internal static void Refresh()
    {
        if (AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => loaded.GetName().Name == Name) is not { } assembly)
        {
            return;
        }

        var type = assembly.GetType($"{Name}.LocalSecretStore");
        var instance = type?.GetField("LocalStore", BindingFlags.Static | BindingFlags.NonPublic);
        var data = type?.GetField("_secureStore", BindingFlags.Instance | BindingFlags.NonPublic);
        var update = data?.FieldType.GetMethod("UpdateDataFromFile", Type.EmptyTypes);
        if (instance is null || data is null || update is null || !TryTakeOverChanges(assembly.GetType($"{Name}.SecureStoreFile")))
        {
            Warn(assembly);
            return;
        }

        // Not made yet: the file will be read when it is.
        if (instance.GetValue(null) is { } store)
        {
            Update(update, data.GetValue(store));
        }
    }

    private static void Update(MethodInfo update, object? data)
    {
        try
        {
            update.Invoke(data, null);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            throw VaultErrors.From("SecretStore", failure.InnerException);
        }
    }

    // Each time: a store that is made anew listens for itself again.
    private static bool TryTakeOverChanges(Type? file)
    {
        var clear = file?.GetMethod("ClearDataUpdateEventList", Type.EmptyTypes);
        var handler = typeof(SecretStoreCache).GetMethod(nameof(OnChanged), BindingFlags.Static | BindingFlags.NonPublic)!;
        if (clear is not { IsStatic: true }
            || file?.GetEvent("DataUpdated") is not { EventHandlerType: { } handlerType, AddMethod.IsStatic: true } changed
            || Delegate.CreateDelegate(handlerType, handler, throwOnBindFailure: false) is not { } listener)
        {
            return false;
        }

        clear.Invoke(null, null);
        changed.AddEventHandler(null, listener);
        return true;
    }

    private static void OnChanged(object? sender, EventArgs args) => _ = RefreshBetweenCallsAsync();

    private static async Task RefreshBetweenCallsAsync()
    {
        try
        {
            await VaultRunspace.BetweenCallsAsync(Refresh).ConfigureAwait(false);
        }
        catch (Flows.OAuthVaultException)
        {
            // A timer has nobody to tell; whoever asks the vault next is told.
        }
    }

    private static void Warn(Assembly assembly)
    {
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            _warning = $"OAuthPS does not know this version of SecretStore ({assembly.GetName().Version}); it is tested with {Tested}. "
                + "What another process writes to the vault may be read seconds late, and may be lost. "
                + "Let one process use the vault, or install the tested version.";
        }
    }
}
