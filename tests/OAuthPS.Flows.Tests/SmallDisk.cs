using System.Diagnostics;

namespace OAuthPS.Flows.Tests;

/// <summary>
/// A file system of its own in memory, which can be filled and made read-only: for an administrator too, whom the mode of a folder
/// keeps from nothing. Mounting needs Linux and root with the right to mount; elsewhere the test skips.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    // The folder itself, the folders and files of a test, and what the system takes for its own.
    private const string Options = "size=64k,nr_inodes=16,mode=0700";

    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    internal string Folder => Path.Combine(_path, "OAuthPS");

    internal static SmallDisk Mount()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A disk that is full can be mounted by root on Linux only.");
        var path = Directory.CreateTempSubdirectory("OAuthPS-disk-").FullName;
        var refusal = Run("mount", "-t", "tmpfs", "-o", Options, "oauthps-test", path);
        if (refusal is not null)
            Directory.Delete(path);
        Skip.If(refusal is not null, $"A disk that is full cannot be mounted here: {refusal}");
        return new SmallDisk(path);
    }

    /// <summary>Leaves no room for another byte.</summary>
    internal void Fill()
    {
        using var file = new FileStream(Path.Combine(_path, "filler"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        UntilItIsFull(() => file.Write(new byte[4096]));
    }

    /// <summary>Leaves no room for another file, however small.</summary>
    internal void FillWithFiles()
    {
        var number = 0;
        UntilItIsFull(() => File.Create(Path.Combine(_path, $"filler {number++}")).Dispose());
    }

    internal void MakeReadOnly() => Assert.Null(Run("mount", "-o", "remount,ro", _path));

    public void Dispose()
    {
        Run("umount", _path);
        Directory.Delete(_path);
    }

    private static void UntilItIsFull(Action take)
    {
        try
        {
            for (var times = 0; times < 1000; times++)
                take();
        }
        catch (IOException full) when (full.Message.StartsWith("No space left on device", StringComparison.Ordinal))
        {
            return;
        }

        Assert.Fail("The disk is larger than it should be.");
    }

    // Null, or what it said when it failed.
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said.Trim();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
