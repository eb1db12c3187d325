namespace OAuthPS.Flows.Secrets;

/// <summary>
/// Reads a file that somebody names, up to a bound. A path may name anything: a device has no end, and to open a pipe waits for its other
/// side.
/// </summary>
internal static class BoundedFile
{
    /// <returns>
    /// The bytes, or null when there are more than <paramref name="maximum"/>. None for an empty file, and for a device, a pipe or a
    /// socket.
    /// </returns>
    /// <inheritdoc cref="Open"/>
    internal static byte[]? Read(string path, int maximum)
    {
        using var file = Open(path);
        if (file is null)
        {
            return [];
        }

        if (file.Length > maximum)
        {
            return null;
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <returns>
    /// The file, open; null for an empty one, and for a device, a pipe or a socket, whose size the system gives as zero: neither is opened.
    /// </returns>
    /// <exception cref="IOException">There is no such file (<see cref="FileNotFoundException"/>), or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    internal static FileStream? Open(string path)
    {
        // A link's size is that of its own text.
        var named = new FileInfo(path);
        var target = named.ResolveLinkTarget(returnFinalTarget: true) ?? named;
        if (Directory.Exists(target.FullName))
        {
            throw new UnauthorizedAccessException("It is a folder.");
        }

        return new FileInfo(target.FullName).Length == 0
            ? null
            : new FileStream(target.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Reads a file; where it is not there or cannot be read, the error of that flaw is thrown.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="error">The error of a flaw, which follows the name of the file.</param>
    internal static T Reading<T>(Func<T> read, Func<string, Exception> error)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw error("does not exist");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw error("cannot be read");
        }
    }
}
