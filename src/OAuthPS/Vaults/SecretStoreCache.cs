using System.Reflection;

namespace OAuthPS.Vaults;

/// <summary>
/// SecretStore keeps its file in memory, takes up another process's change five seconds later, and writes all of what it
/// holds (https://github.com/PowerShell/SecretStore/issues/111): whoever reads before that reads the past, and whoever writes
/// loses the other's change. It has no command to read its file again, so its own method is called by name, each time a lock
/// has been taken. Where a later version has no such method, nothing is done that could go wrong.
/// </summary>
internal static class SecretStoreCache
{
    private const string TypeName = "Microsoft.PowerShell.SecretStore.LocalSecretStore";

    internal static void Refresh()
    {
        var type = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name == "Microsoft.PowerShell.SecretStore")
            .Select(assembly => assembly.GetType(TypeName))
            .FirstOrDefault(found => found is not null);

        // Not made yet: the file will be read when it is.
        if (type?.GetField("LocalStore", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) is not { } store)
        {
            return;
        }

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
}
