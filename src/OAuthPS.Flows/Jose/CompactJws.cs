using System.Text;

namespace OAuthPS.Flows.Jose;

/// <summary>Writes a JWS in compact form (RFC 7515 section 7.1).</summary>
internal static class CompactJws
{
    /// <param name="header">The JOSE header, a JSON object.</param>
    /// <param name="payload">The claims, a JSON object.</param>
    /// <param name="sign">Signs the signing input (section 5.1) as the header's <c>alg</c> has it.</param>
    internal static string Write(string header, string payload, Func<byte[], byte[]> sign)
    {
        var input = $"{Base64Url.Encode(Encoding.UTF8.GetBytes(header))}.{Base64Url.Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{input}.{Base64Url.Encode(sign(Encoding.ASCII.GetBytes(input)))}";
    }
}
