using System.Net;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>
/// Which URLs credentials may travel to: HTTPS, and plain HTTP to this machine alone (RFC 6749 section 3.2, RFC 8252 section 8.3).
/// </summary>
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

        // What a terminal obeys stands in no address, and one that shows as another is taken for it.
        if (!TerminalText.IsHarmless(url.OriginalString))
        {
            throw Errors.UrlWithControlCharacter(url);
        }

        return IsAllowed(url) ? url : throw Errors.InsecureUrl(url);
    }

    /// <summary>An address that a session shows: not percent-encoded either may it have what a terminal obeys.</summary>
    /// <exception cref="OAuthUsageException">The URL is not absolute, not secure, carries a user name, or has such a character.</exception>
    internal static Uri RequireShowable(Uri url) => IsHarmless(Require(url)) ? url : throw Errors.UrlWithControlCharacter(url);

    /// <summary>Whether no form of a URL has a character that a terminal obeys or does not show.</summary>
    internal static bool IsHarmless(Uri url) => TerminalText.IsHarmless(url.OriginalString) && TerminalText.IsHarmless(url.ToString());

    internal static bool IsAllowed(Uri url) =>
        url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsLoopback(url));

    /// <summary>Whether a URL is of this machine. On .NET 8 <see cref="Uri.IsLoopback"/> does not know <c>LOCALHOST</c>.</summary>
    internal static bool IsLoopback(Uri url) => url.IsLoopback || url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether the host is this machine, however it is spelled: a loopback or unspecified address, <c>localhost</c>, and any name below
    /// it (RFC 6761 section 6.3). It is wider than what plain HTTP may travel to, which a name server has no say in.
    /// </summary>
    internal static bool IsThisMachine(Uri url)
    {
        var host = ShownUrl.HostOf(url).TrimEnd('.');
        return IsLoopback(url)
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address)
                && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
    }

    /// <summary>RFC 6454: scheme, host and port. A dot at the end of a host says that it is whole (RFC 1034 section 3.1).</summary>
    internal static bool IsSameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && string.Equals(WholeHost(a), WholeHost(b), StringComparison.OrdinalIgnoreCase);

    private static string WholeHost(Uri url)
    {
        var host = ShownUrl.HostOf(url);
        return host.EndsWith('.') ? host[..^1] : host;
    }
}
