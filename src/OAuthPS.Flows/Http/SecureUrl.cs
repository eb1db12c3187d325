using System.Net;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

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
        url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    /// <summary>
    /// Whether the host is this machine, however it is spelled: a loopback or unspecified address, <c>localhost</c>, and any name below
    /// it (RFC 6761 section 6.3). It is wider than what plain HTTP may travel to, which a name server has no say in.
    /// </summary>
    internal static bool IsThisMachine(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.');
        return url.IsLoopback
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address)
                && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
    }

    /// <summary>RFC 6454: scheme, host and port.</summary>
    internal static bool IsSameOrigin(Uri a, Uri b) =>
        a.Scheme == b.Scheme && a.Port == b.Port && string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>What was given as a URL and may be none, as it may be shown: without what could be a query, a fragment, or a user's password.</summary>
    internal static string Show(string text)
    {
        var start = text.Split('?', '#')[0];
        return WireFormat.Clean(start[(start.LastIndexOf('@') + 1)..], []);
    }

    /// <summary>The URL as it may be shown: no query, fragment or user name, any of which can hold a secret.</summary>
    internal static string Show(Uri url) => url switch
    {
        { IsAbsoluteUri: false } => "a relative address",
        _ when url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),

        // user:password@host without https:// in front has the scheme "user", and the password for its path.
        _ => Show(url.OriginalString),
    };
}
