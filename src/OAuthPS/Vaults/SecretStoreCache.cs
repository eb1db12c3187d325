using System.Reflection;

namespace OAuthPS.Vaults;

/// <summary>
/// SecretStore keeps its file in memory, takes up another process's change five seconds later, and writes all of what it
/// holds (https://github.com/PowerShell/SecretStore/issues/111): whoever reads before that reads the past, and whoever writes
/// loses the other's change. It has no command to read its file again, so its own method is called by name, each time a lock
/// has been taken. And what it does after those five seconds it does on a timer's thread, where it gets in the way of a call
/// under way and ends the process; so that too is done between two calls. Where a later version has no such members, nothing
/// is done that could go wrong.
/// </summary>
internal static class SecretStoreCache
{
    private const string Name = "Microsoft.PowerShell.SecretStore";

    internal static void Refresh()
    {
        var assembly = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => loaded.GetName().Name == Name);
        var type = assembly?.GetType($"{Name}.LocalSecretStore");

        // Not made yet: the file will be read when it is.
        if (type?.GetField("LocalStore", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) is not { } store)
        {
            return;
        }

        TakeOverChanges(assembly!.GetType($"{Name}.SecureStoreFile"));
        var data = type.GetField("_secureStore", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(store);
        try
        {
            data?.GetType().GetMethod("UpdateDataFromFile", Type.EmptyTypes)?.Invoke(data, null);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            throw VaultErrors.From("SecretStore", failure.InnerException);
        }
    }

    // Each time: a store that is made anew listens for itself again.
    private static void TakeOverChanges(Type? file)
    {
        var clear = file?.GetMethod("ClearDataUpdateEventList", Type.EmptyTypes);
        if (file?.GetEvent("DataUpdated") is { EventHandlerType: { } handlerType } changed && clear is not null)
        {
            var handler = typeof(SecretStoreCache).GetMethod(nameof(OnChanged), BindingFlags.Static | BindingFlags.NonPublic)!;
            clear.Invoke(null, null);
            changed.AddEventHandler(null, Delegate.CreateDelegate(handlerType, handler));
        }
    }

    private static void OnChanged(object? sender, EventArgs args)
    {
        try
        {
            VaultRunspace.BetweenCalls(Refresh);
        }
        catch (Flows.OAuthVaultException)
        {
            // A timer has nobody to tell; whoever asks the vault next is told.
        }
    }
}
