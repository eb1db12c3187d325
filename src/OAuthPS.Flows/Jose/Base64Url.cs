using System.Buffers;

namespace OAuthPS.Flows.Jose;

/// <summary>base64url without padding (RFC 7515 section 2).</summary>
internal static class Base64Url
{
    private static readonly SearchValues<char> _foreign = SearchValues.Create("+/= \t\r\n");

    internal static string Encode(ReadOnlySpan<byte> bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <exception cref="FormatException">The text is not base64url, is padded, or is not the one text of its bytes.</exception>
    internal static byte[] Decode(string text)
    {
        if (text.AsSpan().ContainsAny(_foreign))
        {
            throw new FormatException("Not base64url.");
        }

        var bytes = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4));

        // The last character may have bits that mean nothing (RFC 4648 section 3.5): with them one signature has several texts.
        return Encode(bytes) == text ? bytes : throw new FormatException("Not canonical base64url.");
    }
}
