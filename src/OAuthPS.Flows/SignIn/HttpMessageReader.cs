using System.Buffers;
using System.Globalization;
using System.Text;

namespace OAuthPS.Flows.SignIn;

/// <summary>A request as the loopback listener needs it: no more of HTTP (RFC 9112) than a browser's redirect and one small form.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path of the target, as it was sent.</param>
/// <param name="Query">The query of the target without its question mark.</param>
/// <param name="Headers">The headers, their names in any case.</param>
/// <param name="Body">The body; empty for none.</param>
internal sealed record BrowserRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Reads one request from a connection, within bounds.</summary>
internal static class HttpMessageReader
{
    private const int MaximumSize = 64 * 1024;

    // RFC 9110 section 5.6.2. With a space before the colon a field has this name for one reader and another for the next (RFC 9112 section
    // 5.1).
    private static readonly SearchValues<char> _nameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // RFC 9110 section 5.5.
    private static readonly SearchValues<char> _lineEnds = SearchValues.Create("\r\n\0");

    // What the listener decides by comes once: two Host fields are answered 400 (RFC 9112 section 3.2), and so is any other pair of which
    // nobody knows which one counts.
    private static readonly HashSet<string> _single = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Origin", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Purpose", "Purpose", "X-Moz", "X-Purpose",
    };

    /// <returns>The request, or null when what came is none.</returns>
    internal static async Task<BrowserRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumSize];
        var length = 0;
        var headEnd = -1;
        var bodyLength = 0;
        Dictionary<string, string>? headers = null;
        string[] requestLine = [];
        while (headers is null || length < headEnd + bodyLength)
        {
            var read = length == MaximumSize ? 0 : await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (headers is null && end >= 0)
            {
                headEnd = end + 4;
                var lines = Encoding.Latin1.GetString(buffer, 0, end).Split("\r\n");
                requestLine = lines[0].Split(' ');
                headers = ReadHeaders(lines);
                if (requestLine.Length != 3 || headers is null || !TryReadLength(headers, MaximumSize - headEnd, out bodyLength))
                {
                    return null;
                }
            }
        }

        var target = requestLine[1].Split('?', 2);
        return new BrowserRequest(
            requestLine[0], target[0], target.Length > 1 ? target[1] : "", headers, Encoding.UTF8.GetString(buffer, headEnd, bodyLength));
    }

    private static Dictionary<string, string>? ReadHeaders(string[] lines)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = Math.Max(0, line.IndexOf(':', StringComparison.Ordinal));
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(_nameCharacters) || value.AsSpan().ContainsAny(_lineEnds)
                || (!headers.TryAdd(name, value) && _single.Contains(name)))
            {
                return null;
            }
        }

        // A body in pieces is nothing that a browser sends here, and where it ends can be read in two ways (RFC 9112 section 6.1).
        return headers.ContainsKey("Transfer-Encoding") ? null : headers;
    }

    private static bool TryReadLength(Dictionary<string, string> headers, int maximum, out int length)
    {
        length = 0;
        return !headers.TryGetValue("Content-Length", out var text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= maximum);
    }
}
