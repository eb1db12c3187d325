using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OAuthPS.Flows.Vaults;

/// <summary>
/// The system's own <c>flock</c>. .NET calls it for an open file too, but not where it is told to leave it
/// (<c>DOTNET_SYSTEM_IO_DISABLEFILELOCKING</c>), and says nothing when the file system refuses.
/// </summary>
internal static class UnixLock
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const int Interrupted = 4;

    internal enum Outcome
    {
        /// <summary>It is this process's.</summary>
        Taken,

        /// <summary>Another open file has it.</summary>
        Held,

        /// <summary>The file system has no locks.</summary>
        None,
    }

    internal static Outcome Try(SafeFileHandle file)
    {
        while (Flock(file, Exclusive | DoNotWait) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                // EWOULDBLOCK of Linux and of macOS.
                return error is 11 or 35 ? Outcome.Held : Outcome.None;
            }
        }

        return Outcome.Taken;
    }

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(SafeFileHandle file, int operation);
}
