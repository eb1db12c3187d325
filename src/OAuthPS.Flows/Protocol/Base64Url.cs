namespace OAuthPS.Flows.Protocol;

/// <summary>base64url without padding (RFC 7515 section 2).</summary>
internal static class Base64Url
{
    internal static string Encode(ReadOnlySpan<byte> bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
