using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Vaults;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A disk that takes nothing more under the folder of the locks: nothing is renewed without a lock, and nobody waits for one.</summary>
public sealed class LockDiskTests : VaultTest
{
    private readonly SmallDisk _disk = SmallDisk.Mount();

    public override void Dispose()
    {
        _disk.Dispose();
        base.Dispose();
    }

    [SkippableFact]
    public async Task A_disk_without_room_for_a_byte_has_room_for_a_lock_which_is_empty()
    {
        var session = await ExpiredAsync();
        FileLock.Folder = _disk.Folder;
        _disk.Fill();
        Wire.Answers(Given.Token("access-2", 3600, "refresh-2"));

        Assert.Equal("access-2", (await session.GetTokenAsync()).TokenOf());
    }

    [SkippableFact]
    public async Task A_disk_without_room_for_a_file_is_an_error_and_nothing_is_sent()
    {
        var session = await ExpiredAsync();
        FileLock.Folder = _disk.Folder;
        _disk.FillWithFiles();

        await RefusedAsync(session);
    }

    [SkippableFact]
    public async Task A_disk_that_has_the_folder_and_no_room_for_a_file_is_an_error_and_nothing_is_sent()
    {
        var session = await ExpiredAsync();
        FileLock.Folder = _disk.Folder;
        Directory.CreateDirectory(_disk.Folder);
        _disk.FillWithFiles();

        await RefusedAsync(session);
    }

    [SkippableFact]
    public async Task A_read_only_disk_is_an_error_and_nothing_is_sent()
    {
        var session = await ExpiredAsync();
        FileLock.Folder = _disk.Folder;
        _disk.MakeReadOnly();

        await RefusedAsync(session);
    }

    [SkippableFact]
    public async Task A_read_only_disk_that_has_the_lock_s_file_already_is_an_error_and_not_a_wait()
    {
        FileLock.Folder = _disk.Folder;
        var session = await ExpiredAsync();
        _disk.MakeReadOnly();

        await RefusedAsync(session);
    }

    private async Task<OAuthSession> ExpiredAsync()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await SavedAsync();
        Expire();
        return session;
    }

    private async Task RefusedAsync(OAuthSession session)
    {
        var before = Vault.Only;

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => session.GetTokenAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal("LockNotPossible", error.ErrorId);
        Assert.Contains(_disk.Folder, error.Message, StringComparison.Ordinal);
        Assert.Single(Wire.Requests);
        Assert.Equal(before, Vault.Only);
    }
}
