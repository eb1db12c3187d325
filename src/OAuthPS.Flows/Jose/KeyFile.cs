using System.Security.Cryptography;
using System.Text;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>Keys as people keep them, before it is known what they are: files, PEM (RFC 7468), JSON.</summary>
internal static class KeyFile
{
    private const int MaximumSize = 1024 * 1024;

    /// <exception cref="OAuthException">The file is not there, cannot be read, is empty, or is far larger than a key.</exception>
    internal static byte[] Read(string path)
    {
        try
        {
            var bytes = BoundedFile.Read(path, MaximumSize) ?? throw Errors.KeyInvalid(Name(path), "is far larger than a key");
            return bytes.Length > 0
                ? bytes
                : throw Errors.KeyInvalid(Name(path), "is empty, or a device or pipe: none of PEM, JWK and PKCS #12");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Errors.KeyFileNotFound(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Errors.KeyFileAccess(path, failure);
        }
    }

    /// <summary>How messages name a file.</summary>
    internal static string Name(string path) => $"The key file {ShownInput.Path(path)}";

    /// <returns>The text; null when the bytes are none.</returns>
    internal static string? TryDecode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Explanatory text may stand before the first block (RFC 7468 section 2).
    internal static bool IsPem(string text) => text.Contains("-----BEGIN ", StringComparison.Ordinal);

    /// <summary>
    /// PEM of a key or certificate whose base64 alone was given, without PEM's first and last line; null where the text is none.
    /// </summary>
    internal static string? TryArmour(string text)
    {
        var buffer = new byte[text.Length];
        return text.Length <= MaximumSize && Convert.TryFromBase64String(text, buffer, out var length)
            && DerLabel.Of(buffer.AsMemory(0, length)) is { } label
            ? PemEncoding.WriteString(label, buffer.AsSpan(0, length))
            : null;
    }

    internal static bool IsJson(string text) => text.AsSpan().TrimStart().StartsWith("{");

    /// <summary>The PEM blocks that are whole.</summary>
    internal static List<(string Label, byte[] Data)> Blocks(string pem)
    {
        var blocks = new List<(string, byte[])>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var block))
        {
            blocks.Add((rest[block.Label].ToString(), Convert.FromBase64String(rest[block.Base64Data].ToString())));
            rest = rest[block.Location.End..];
        }

        return blocks;
    }
}
