using System.Net;
using System.Net.Http.Headers;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Api;

/// <summary>A file as the body of a call.</summary>
internal sealed class ApiFileContent(string path, string mediaType) : ApiContent(mediaType)
{
    private const int LargestInMemory = 256 * OAuthRequest.OneMebibyte;

    internal override bool IsTransfer => true;

    internal override string Size => "a file";

    internal override HttpContent Create(Action<long> advanced) =>
        new FileStreamContent(Open(path), advanced) { Headers = { ContentType = MediaTypeHeaderValue.Parse(MediaType) } };

    /// <exception cref="OAuthUsageException">
    /// The file is not there, cannot be read, or is no ordinary file with something in it.
    /// </exception>
    internal static FileStream Open(string path) =>
        BoundedFile.Reading(
            () => BoundedFile.Open(path) ?? throw Errors.BodyFile(path, "is empty, or a device or pipe"),
            flaw => Errors.BodyFile(path, flaw));

    /// <exception cref="OAuthUsageException">The file is not there, cannot be read, or is too large for memory.</exception>
    internal static byte[] Read(string path) =>
        BoundedFile.Reading(
            () => BoundedFile.Read(path, LargestInMemory) ?? throw Errors.BodyFile(path, "is larger than 256 MiB"),
            flaw => Errors.BodyFile(path, flaw));

    /// <summary>A file on its way, which tells how far it is.</summary>
    internal sealed class FileStreamContent(FileStream file, Action<long> advanced) : HttpContent
    {
        private const int Piece = 128 * 1024;

        protected override bool TryComputeLength(out long length)
        {
            length = file.Length;
            return true;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            // A redirect within the origin sends it once more.
            file.Position = 0;
            var piece = new byte[Piece];
            int read;
            while ((read = await file.ReadAsync(piece, cancellationToken).ConfigureAwait(false)) > 0)
            {
                await stream.WriteAsync(piece.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                advanced(read);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
