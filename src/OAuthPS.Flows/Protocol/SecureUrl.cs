namespace OAuthPS.Flows.Protocol;

/// <summary>Which URLs credentials may travel to: HTTPS, and plain HTTP to this machine alone (RFC 6749 section 3.2, RFC 8252 section 8.3).</summary>
internal static class SecureUrl
{
    /// <exception cref="OAuthUsageException">The URL is not absolute, not secure, or carries a user name.</exception>
    internal static Uri Require(Uri url)
    {
        if (!url.IsAbsoluteUri)
        {
            throw Errors.UrlNotAbsolute(url.OriginalString);
        }

        // A user name in a URL is a password in a log.
        if (url.UserInfo.Length > 0)
        {
            throw Errors.UrlWithUserInfo(url);
        }

        return IsAllowed(url) ? url : throw Errors.InsecureUrl(url);
    }

    internal static bool IsAllowed(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsLoopback(url));

    /// <summary>Whether a URL is of this machine. On .NET 8 <see cref="Uri.IsLoopback"/> does not know <c>LOCALHOST</c>.</summary>
    internal static bool IsLoopback(Uri url) => url.IsLoopback || url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>RFC 6454: scheme, host and port.</summary>
    internal static bool IsSameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>The URL as it may be shown: no query, fragment or user name, any of which can hold a secret.</summary>
    internal static string Show(Uri url) =>
        url.IsAbsoluteUri ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "a relative address";
}
