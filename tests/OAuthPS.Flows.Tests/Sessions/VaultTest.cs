using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Vaults;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>Tests of vaults run one after the other, since the folder of the locks is the process's, and with a folder of their own.</summary>
[Collection("Vaults")]
public abstract class VaultTest : IDisposable
{
    private readonly string _before = FileLock.Folder;

    protected VaultTest() => FileLock.Folder = Path.Combine(Temporary.FullName, "OAuthPS", "locks");

    protected DirectoryInfo Temporary { get; } = Directory.CreateTempSubdirectory("OAuthPS-");

    private protected MemoryVault Vault { get; } = new();

    private protected Wire Wire { get; } = new();

    public virtual void Dispose()
    {
        FileLock.Folder = _before;
        Temporary.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The session as another process, with the same clock and server, would open it.</summary>
    protected Task<OAuthSession> RestoreAsync(string name = "Blynk") => SessionVaults.RestoreAsync(Vault, name, BuiltInProviders.Get, Wire.Transport, Wire.Log);

    /// <summary>A session at Blynk, in the vault.</summary>
    protected async Task<OAuthSession> SavedAsync(ConnectRequest? request = null)
    {
        var session = await Wire.ConnectAsync(request ?? Given.Blynk);
        await session.SaveAsync(Vault);
        return session;
    }

    protected void Expire() => Wire.Clock.Advance(TimeSpan.FromHours(2));
}
