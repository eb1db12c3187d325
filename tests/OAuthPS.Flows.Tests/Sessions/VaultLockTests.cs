using System.Diagnostics.CodeAnalysis;
using OAuthPS.Flows.Vaults;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>The lock between processes: private to the user, and gone with its owner.</summary>
public sealed class VaultLockTests : VaultTest
{
    [Fact]
    public async Task A_file_in_place_of_the_folder_is_an_error_that_names_it_and_nothing_is_renewed()
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await SavedAsync();
        var before = Vault.Only;
        Expire();
        FileLock.Folder = Path.Combine(Temporary.FullName, "taken");
        await File.WriteAllTextAsync(FileLock.Folder, "");

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => session.GetTokenAsync().AsTask());

        Assert.Equal("LockNotPossible", error.ErrorId);
        Assert.Contains(FileLock.Folder, error.Message, StringComparison.Ordinal);
        NoSecret.In(error, "access-1", "refresh-1", Given.ClientSecret);
        Assert.Single(Wire.Requests);
        Assert.Equal(before, Vault.Only);
    }

    [SkippableFact]
    [SuppressMessage("Interoperability", "CA1416", Justification = "Skipped on Windows.")]
    public async Task A_folder_that_must_not_be_written_is_an_error()
    {
        Skip.If(OperatingSystem.IsWindows(), "The rights of a folder are not a mode there.");
        Skip.If(Environment.IsPrivilegedProcess && !OperatingSystem.IsLinux(), "An administrator may write anywhere.");
        var folder = Directory.CreateDirectory(FileLock.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        if (Environment.IsPrivilegedProcess)
        {
            // Where Linux lets root make nothing either.
            FileLock.Folder = "/sys/OAuthPS/locks";
        }

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => FileLock.AcquireAsync("n", TimeSpan.FromSeconds(1), default));

        Assert.Equal("LockNotPossible", error.ErrorId);
        folder.UnixFileMode |= UnixFileMode.UserWrite;
    }

    [Fact]
    public async Task A_folder_in_place_of_the_lock_file_is_an_error_and_not_a_wait()
    {
        (await FileLock.AcquireAsync("n", TimeSpan.FromSeconds(1), default)).Dispose();
        var file = Directory.GetFiles(FileLock.Folder).Single();
        File.Delete(file);
        Directory.CreateDirectory(file);

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => FileLock.AcquireAsync("n", TimeSpan.FromMinutes(1), default));

        Assert.Equal("LockNotPossible", error.ErrorId);
    }

    [Fact]
    public async Task A_lock_file_left_behind_does_not_matter_whatever_is_in_it()
    {
        (await FileLock.AcquireAsync("n", TimeSpan.FromSeconds(1), default)).Dispose();
        var file = Directory.GetFiles(FileLock.Folder).Single();
        await File.WriteAllTextAsync(file, "pid 1");

        using var held = await FileLock.AcquireAsync("n", TimeSpan.FromSeconds(1), default);

        Assert.Single(Directory.GetFiles(FileLock.Folder));
    }

    [SkippableTheory]
    [InlineData(UnixLock.Outcome.Taken)]
    [InlineData(UnixLock.Outcome.None)]
    public async Task A_file_system_whose_locks_do_not_lock_is_an_error_and_nothing_is_renewed(object outcome)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows refuses a second open file itself.");
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await SavedAsync();
        Expire();
        await using var withoutLocks = new OnUnix((UnixLock.Outcome)outcome);

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => session.GetTokenAsync().AsTask());

        Assert.Equal("LockNotPossible", error.ErrorId);
        Assert.Contains($"The file system of {FileLock.Folder} does not keep two processes", error.WhatHappened, StringComparison.Ordinal);
        Assert.Single(Wire.Requests);
    }

    [Fact]
    public async Task Who_waits_for_too_long_is_told_so()
    {
        using var held = await FileLock.AcquireAsync("n", TimeSpan.FromSeconds(1), default);

        var error = await Assert.ThrowsAsync<OAuthConnectionException>(() => FileLock.AcquireAsync("n", TimeSpan.FromMilliseconds(50), default));

        Assert.Equal("SessionLocked", error.ErrorId);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var held = await FileLock.AcquireAsync("n", TimeSpan.FromSeconds(1), default);
        using var timer = new CancellationTokenSource(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FileLock.AcquireAsync("n", TimeSpan.FromMinutes(1), timer.Token));
    }

    [SkippableFact]
    [SuppressMessage("Interoperability", "CA1416", Justification = "Skipped on Windows.")]
    public async Task The_lock_is_private_to_the_user_and_its_name_tells_nothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "The user's own folder is private by inheritance there.");
        using var held = await FileLock.AcquireAsync("session\nvault\ncustomer 42", TimeSpan.FromSeconds(1), default);

        var file = Directory.GetFiles(FileLock.Folder).Single();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(FileLock.Folder));
        Assert.DoesNotContain("customer", file, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, new FileInfo(file).Length);
    }

    // As where .NET locks no file: a second one can be opened beside the first.
    private sealed class OnUnix : IAsyncDisposable
    {
        private readonly FileShare _before = FileLock.Share;

        internal OnUnix(UnixLock.Outcome outcome)
        {
            FileLock.Share = FileShare.ReadWrite;
            FileLock.OnUnix = _ => outcome;
        }

        public ValueTask DisposeAsync()
        {
            FileLock.Share = _before;
            FileLock.OnUnix = UnixLock.Try;
            return ValueTask.CompletedTask;
        }
    }
}
