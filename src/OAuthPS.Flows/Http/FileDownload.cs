using System.Net;
using System.Net.Http.Headers;

namespace OAuthPS.Flows.Http;

/// <summary>
/// A response's body on its way into a file, piece by piece. The file is there whole at the end, or as it was before; one that is resumed
/// is written in place, so that what arrived stays.
/// </summary>
internal sealed class FileDownload(string path, bool resumes)
{
    private const int Piece = 128 * 1024;

    private readonly string _path = TargetOf(path);
    private long _position;
    private bool _isOther;

    /// <summary>Asks for the rest of a file that is there in part (RFC 9110 section 14.2).</summary>
    /// <exception cref="OAuthUsageException">The folder is not there.</exception>
    internal void AskFor(HttpRequestMessage message)
    {
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw Errors.FileNotWritten(path, "its folder does not exist");
        }

        _position = resumes && !_isOther ? Length() : 0;
        if (_position > 0)
        {
            message.Headers.Range = new RangeHeaderValue(_position, null);

            // The rest of a packed body cannot be unpacked. A way that is named is not added by .NET.
            message.Headers.Remove("Accept-Encoding");
            message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity, gzip;q=0, deflate;q=0, br;q=0");
        }
    }

    /// <summary>Whether the response says that all of the file is there already (RFC 9110 section 15.5.17).</summary>
    internal bool IsComplete(HttpResponseMessage response) => _position > 0 && IsBeyond(response)
        && response.Content.Headers.ContentRange?.Length == _position;

    /// <summary>Whether what is there is longer than the server's file: it is another one, and is fetched from its beginning.</summary>
    internal bool StartsOver(HttpResponseMessage response) => _isOther = _position > 0 && IsBeyond(response) && !IsComplete(response);

    /// <summary>Writes the body.</summary>
    /// <param name="response">The response.</param>
    /// <param name="request">What it answers, which is told of each piece.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">The body ended early.</exception>
    /// <exception cref="OAuthUsageException">The file cannot be written.</exception>
    /// <exception cref="OAuthProtocolException">The server sends another part than the one asked for.</exception>
    internal async Task ReceiveAsync(HttpResponseMessage response, OAuthRequest request, CancellationToken cancellationToken)
    {
        var range = response.Content.Headers.ContentRange;
        var isPart = response.StatusCode == HttpStatusCode.PartialContent;
        var isRest = _position > 0 && isPart;
        if (isRest ? range?.From != _position : isPart && response.RequestMessage?.Headers.Range is null)
        {
            throw Errors.OtherRange(request.Purpose, request.Endpoint);
        }

        // A device or a pipe has no length: like an empty file it has nothing to lose, and must not be replaced by a file.
        var isInPlace = (resumes && !_isOther) || (File.Exists(_path) && Length() == 0);
        var place = isInPlace ? _path : Path.Combine(Path.GetDirectoryName(_path)!, $".{Path.GetRandomFileName()}");
        try
        {
            var file = await OpenAsync(place, isRest, cancellationToken).ConfigureAwait(false);
            await using (file.ConfigureAwait(false))
            {
                await CopyAsync(response, file, request, cancellationToken).ConfigureAwait(false);
                if (isRest && file.Position < range!.Length)
                {
                    // A server may send less than the rest; what is still missing is asked for by the next try.
                    throw new HttpIOException(HttpRequestError.ResponseEnded);
                }
            }

            if (place != _path)
            {
                Write(() => Replace(place));
            }
        }
        catch when (!resumes || _isOther)
        {
            Undo(place);
            throw;
        }
    }

    private static bool IsBeyond(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable;

    // The file that a link leads to is written, and the link stays.
    private static string TargetOf(string path)
    {
        try
        {
            var named = new FileInfo(path);
            return named.LinkTarget is null ? named.FullName : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Errors.FileNotWritten(path, "it is no path of a file");
        }
    }

    private long Length()
    {
        try
        {
            return new FileInfo(_path) is { Exists: true } there ? there.Length : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    // To open a pipe waits for its other side, which may never come. What is opened after that is taken away again.
    private async Task<FileStream> OpenAsync(string place, bool appends, CancellationToken cancellationToken)
    {
        var opening = Task.Run(() => Open(place, appends), CancellationToken.None);
        try
        {
            return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = opening.ContinueWith(late => Close(late.Result, place), TaskContinuationOptions.OnlyOnRanToCompletion);
            throw;
        }
    }

    private void Close(FileStream late, string place)
    {
        late.Dispose();
        if (place != _path)
        {
            Undo(place);
        }
    }

    private FileStream Open(string place, bool appends)
    {
        FileStream? file = null;
        Write(() =>
        {
            var options = new FileStreamOptions
            {
                Mode = appends ? FileMode.Append : FileMode.Create,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
            };
            if (place != _path && File.Exists(_path))
            {
                // What may not be written is not replaced either, and what others may not read they may not read afterwards.
                File.OpenWrite(_path).Dispose();
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = File.GetUnixFileMode(_path);
                }
            }

            file = new FileStream(place, options);
        });
        return file!;
    }

    // On Windows the rights of the one that was there are kept by this; elsewhere it was made with them.
    private void Replace(string place)
    {
        if (OperatingSystem.IsWindows() && File.Exists(_path))
        {
            File.Replace(place, _path, null, ignoreMetadataErrors: true);
        }
        else
        {
            File.Move(place, _path, overwrite: true);
        }
    }

    private void Write(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileNotWritten(
                path, failure is UnauthorizedAccessException ? "it may not be written, or is a folder" : "the disk refuses it");
        }
    }

    private async Task CopyAsync(
        HttpResponseMessage response, FileStream file, OAuthRequest request, CancellationToken cancellationToken)
    {
        var total = response.Content.Headers.ContentLength + file.Position;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var piece = new byte[Piece];
            int read;
            while ((read = await BoundedContent.ReadAsync(body, piece, cancellationToken).ConfigureAwait(false)) > 0)
            {
                try
                {
                    await file.WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }
                catch (IOException)
                {
                    throw Errors.FileNotWritten(path, "the disk is full or refuses it");
                }

                request.Advance(read, total);
            }
        }
    }

    private void Undo(string place)
    {
        try
        {
            if (place != _path)
            {
                File.Delete(place);
            }
            else if (new FileInfo(place).Length > 0)
            {
                File.WriteAllBytes(place, []);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What made the download fail says more.
        }
    }
}
