namespace OAuthPS.Flows.Http;

/// <summary>
/// The characters of a token, a nonce or a code (RFC 6749 appendix A, <c>VSCHAR</c> without the space). They also keep line breaks out of
/// headers.
/// </summary>
internal static class VisibleAscii
{
    internal static bool Is(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
