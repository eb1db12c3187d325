using System.Buffers;

namespace OAuthPS.Values;

/// <summary>
/// JSON as it should have been written, of what is common in what servers write by hand or with Python: control characters within a text,
/// and <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> as numbers. What ConvertFrom-Json takes besides, such as names without quotes, no
/// server sends.
/// </summary>
internal static class JsonRepair
{
    // A control character takes six bytes when it is escaped.
    private const int MaximumSize = 64 * 1024 * 1024;

    /// <summary>Stands for <c>NaN</c>, for which JSON has no number: no writer writes zero like this.</summary>
    internal static ReadOnlySpan<byte> NotANumber => "-0e9999"u8;

    // What every reader takes for infinite.
    private static ReadOnlySpan<byte> Infinite => "1e9999"u8;

    /// <returns>The JSON; null where there is nothing of these in it.</returns>
    internal static byte[]? TryMend(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaximumSize)
        {
            return null;
        }

        var mended = new ArrayBufferWriter<byte>(json.Length + 64);
        var isChanged = false;
        var isText = false;
        for (var at = 0; at < json.Length; at++)
        {
            var character = json[at];
            if (isText && character < ' ')
            {
                mended.Write(System.Text.Encoding.ASCII.GetBytes($"\\u{(int)character:x4}"));
                isChanged = true;
            }
            else if (isText && character == '\\' && at + 1 < json.Length)
            {
                mended.Write(json.Slice(at++, 2));
            }
            else if (!isText && TryReplace(json[at..], mended, out var length))
            {
                at += length - 1;
                isChanged = true;
            }
            else
            {
                isText ^= character == '"';
                mended.Write(json.Slice(at, 1));
            }
        }

        return isChanged ? mended.WrittenSpan.ToArray() : null;
    }

    private static bool TryReplace(ReadOnlySpan<byte> json, ArrayBufferWriter<byte> mended, out int length)
    {
        var isInfinite = json.StartsWith("Infinity"u8);
        length = isInfinite ? "Infinity"u8.Length : json.StartsWith("NaN"u8) ? "NaN"u8.Length : 0;
        if (length > 0)
        {
            mended.Write(isInfinite ? Infinite : NotANumber);
        }

        return length > 0;
    }
}
