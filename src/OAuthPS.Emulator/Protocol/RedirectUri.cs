namespace OAuthPS.Emulator;

/// <summary>Which redirect URIs are registered for the demo clients.</summary>
internal static class RedirectUri
{
    /// <summary>
    /// Every http URI on loopback, whatever its port (RFC 8252 section 7.3) and, so that tests need not register one, its
    /// path; and one https URI, compared as text (RFC 9700 section 2.1).
    /// </summary>
    public static bool IsRegistered(string redirectUri)
    {
        if (redirectUri == DemoAccounts.RedirectUri)
        {
            return true;
        }

        return Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttp
            && uri.Host is ("127.0.0.1" or "localhost" or "[::1]")
            && uri.UserInfo.Length == 0
            // RFC 6749 section 3.1.2: no fragment.
            && !redirectUri.Contains('#', StringComparison.Ordinal)
            && redirectUri.All(character => character is > ' ' and < '\u007f');
    }
}
