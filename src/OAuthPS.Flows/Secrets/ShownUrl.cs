namespace OAuthPS.Flows.Secrets;

/// <summary>An address as it may be shown.</summary>
internal static class ShownUrl
{
    /// <summary>
    /// What was given as a URL and may be none, as it may be shown: without what could be a query, a fragment, or a user's password.
    /// </summary>
    internal static string Of(string text)
    {
        var start = text.Split('?', '#')[0];
        return ShownInput.Text(start[(start.LastIndexOf('@') + 1)..]);
    }

    /// <summary>The URL as it may be shown: no query, fragment or user name, any of which can hold a secret.</summary>
    internal static string Of(Uri url) => url switch
    {
        { IsAbsoluteUri: false } => "a relative address",
        _ when url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp =>
            url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),

        // user:password@host without https:// in front has the scheme "user", and the password for its path.
        _ => Of(url.OriginalString),
    };

    /// <summary>Scheme, host and port (RFC 6454 section 6.2): a letter that looks like another is seen to be another.</summary>
    internal static string OriginOf(Uri url) =>
        $"{url.Scheme}://{(url.HostNameType == UriHostNameType.IPv6 ? url.Host : HostOf(url))}{(url.IsDefaultPort ? "" : $":{url.Port}")}";

    /// <summary>The host, as a name server knows it (RFC 5890). Some names have no such form: no server is found by them.</summary>
    internal static string HostOf(Uri url)
    {
        try
        {
            return url.IdnHost;
        }
        catch (UriFormatException)
        {
            return url.Host;
        }
    }
}
