using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OAuthPS.Flows.Vaults;

/// <summary>
/// A lock between the processes of one user on one machine: an open file that no other process can lock. The system lets go of
/// it when its owner dies, however it dies; the file itself stays, empty, and means nothing. Each lock that is taken is tried: where
/// a second one on the same file is not refused, the file system has none, and nothing may rely on it.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>
    /// The user's own folder for state that is worth nothing elsewhere: <c>OAuthPS/locks</c> in the platform's local data folder.
    /// </summary>
    internal static string Folder { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "OAuthPS",
        "locks");

    /// <summary>What locks on Unix, where .NET may be told not to lock files; a test puts in a file system without locks.</summary>
    internal static Func<SafeFileHandle, UnixLock.Outcome> OnUnix { get; set; } = UnixLock.Try;

    /// <summary>How .NET shares the file: not at all, which is a lock of its own on Windows.</summary>
    internal static FileShare Share { get; set; } = FileShare.None;

    /// <summary>Waits for the lock.</summary>
    /// <param name="name">What is locked; any text.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OAuthConnectionException">Another process has it for longer than that, or the file cannot be made.</exception>
    internal static async Task<FileLock> AcquireAsync(string name, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32] + ".lock");
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TryLock(path) is { } file)
            {
                return new FileLock(ProveLocked(file, path));
            }

            if (TimeProvider.System.GetElapsedTime(started) > timeout)
            {
                throw Errors.LockTimedOut(timeout);
            }

            // Not all at once: what waits for the same lock would else ask in step.
            var pause = _shortestPause + ((_longestPause - _shortestPause) * Random.Shared.NextDouble());
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream ProveLocked(FileStream file, string path)
    {
        try
        {
            using var second = TryLock(path);
            return second is null ? file : throw Errors.LockDoesNotLock(Folder);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static FileStream? TryLock(string path)
    {
        var file = TryOpen(path);
        if (file is null || OperatingSystem.IsWindows())
        {
            return file;
        }

        var outcome = OnUnix(file.SafeFileHandle);
        if (outcome == UnixLock.Outcome.Taken)
        {
            return file;
        }

        file.Dispose();
        return outcome == UnixLock.Outcome.Held ? null : throw Errors.LockDoesNotLock(Folder);
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Folder);
            }
            else
            {
                Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = Share };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, options);
        }
        catch (IOException failure) when (IsHeld(failure))
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.LockNotPossible(Folder, failure);
        }
    }

    // Told by the system's number and not by the file being there: on a read-only disk it may be there and cannot be had. They are
    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static bool IsHeld(IOException failure) =>
        failure.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
