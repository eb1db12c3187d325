using System.Net;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>
/// How servers are reached: through which proxy, and which certificate authorities are trusted besides the system's. Two that say the same
/// are equal, and share their connections. This machine is never reached through a proxy.
/// </summary>
public sealed record NetworkOptions
{
    // RFC 1928 has no other; what .NET does without a port is no connection.
    private const int SocksPort = 1080;

    private static readonly string[] _schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>The process's own proxy, and the system's certificate authorities.</summary>
    public static NetworkOptions None { get; } = new();

    /// <summary>
    /// The proxy: <c>http</c>, <c>https</c>, <c>socks4</c>, <c>socks4a</c> or <c>socks5</c>, host and port. Null for that of the process
    /// (<c>HTTPS_PROXY</c>, <c>ALL_PROXY</c>, the system's settings), whose <c>NO_PROXY</c> counts for it alone.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>What <see cref="Proxy"/> wants to know; null for nothing.</summary>
    public ProxyCredential? ProxyCredential { get; init; }

    /// <summary>Whether <see cref="Proxy"/> gets the credentials of whom the process runs as (Negotiate, NTLM).</summary>
    public bool ProxyUsesDefaultCredentials { get; init; }

    /// <summary>Whether every server is reached without a proxy, whatever the environment says.</summary>
    public bool NoProxy { get; init; }

    /// <summary>
    /// Certificates of authorities that are trusted for TLS as the system's are. At least one is a root; others help to find the way to
    /// it. Copies are kept, without private keys.
    /// </summary>
    public IReadOnlyList<X509Certificate2> CertificateAuthorities
    {
        get;
        init => field = CertificateAuthority.PublicPartOf(value);
    } = [];

    /// <summary>Whether both say the same.</summary>
    public bool Equals(NetworkOptions? other) => other is not null
        && Proxy == other.Proxy
        && ProxyCredential?.UserName == other.ProxyCredential?.UserName
        && ProxyCredential?.Password.Reveal() == other.ProxyCredential?.Password.Reveal()
        && ProxyUsesDefaultCredentials == other.ProxyUsesDefaultCredentials
        && NoProxy == other.NoProxy
        && CertificateAuthorities.Count == other.CertificateAuthorities.Count
        && CertificateAuthorities.Zip(other.CertificateAuthorities).All(pair =>
            pair.First.RawDataMemory.Span.SequenceEqual(pair.Second.RawDataMemory.Span));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Proxy, NoProxy, CertificateAuthorities.Count);

    /// <summary>The proxy's host and port, and how many authorities there are.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        NoProxy ? "no proxy" : Proxy is { IsAbsoluteUri: true } ? $"proxy {ShownUrl.HostOf(Proxy)}:{Proxy.Port}" : null,
        CertificateAuthorities.Count == 0 ? null : $"certificate authorities: {CertificateAuthorities.Count}",
    }.OfType<string>());

    /// <summary>These, and what they are silent about from others: a credential is given to the proxy alone that it came with.</summary>
    internal NetworkOptions Over(NetworkOptions others) => this with
    {
        Proxy = SaysProxy ? Proxy : others.Proxy,
        ProxyCredential = SaysProxy ? ProxyCredential : others.ProxyCredential,
        ProxyUsesDefaultCredentials = SaysProxy ? ProxyUsesDefaultCredentials : others.ProxyUsesDefaultCredentials,
        NoProxy = SaysProxy ? NoProxy : others.NoProxy,
        CertificateAuthorities = CertificateAuthorities.Count > 0 ? CertificateAuthorities : others.CertificateAuthorities,
    };

    /// <exception cref="OAuthUsageException">They contradict each other, or one of them cannot be used.</exception>
    internal NetworkOptions Check()
    {
        if (ProxyFlaw() is { } flaw)
        {
            throw Errors.InvalidProxy(flaw);
        }

        CertificateAuthority.RequireRoot(CertificateAuthorities);
        return this;
    }

    /// <summary>What <see cref="Proxy"/> is to the platform; null where the process's own is used.</summary>
    internal IWebProxy? ToWebProxy() => Proxy is null ? null : new WebProxy(
        Proxy.Port > 0 ? Proxy : new UriBuilder(Proxy) { Port = SocksPort }.Uri)
    {
        Credentials = ProxyUsesDefaultCredentials ? CredentialCache.DefaultCredentials : ProxyCredential?.ToNetworkCredential(),
    };

    internal bool IsNone => !SaysProxy && CertificateAuthorities.Count == 0;

    private bool SaysProxy => Proxy is not null || NoProxy || ProxyCredential is not null || ProxyUsesDefaultCredentials;

    private string? ProxyFlaw() => Proxy is null
        ? ProxyCredential is not null || ProxyUsesDefaultCredentials ? "A credential for a proxy is given without the proxy." : null
        : NoProxy ? "A proxy is given, and at the same time that none is used."
        : ProxyCredential is not null && ProxyUsesDefaultCredentials ? "The proxy is given two credentials."
        : ProxyCredential is { UserName: "" or null } ? "The credential for the proxy has no user name."
        : AddressFlaw(Proxy) is { } flaw ? $"The address of the proxy {flaw}."
        : null;

    // Nothing of it is repeated: where it is no address, a password may be anywhere in it.
    private static string? AddressFlaw(Uri proxy) =>
        !proxy.IsAbsoluteUri || !_schemes.Contains(proxy.Scheme, StringComparer.Ordinal) || proxy.Host.Length == 0
            ? $"is none with {string.Join(", ", _schemes[..^1])} or {_schemes[^1]} in front"
        : proxy.UserInfo.Length > 0 ? "has a user name or a password in it"
        : proxy.PathAndQuery is not ("" or "/") || proxy.Fragment.Length > 0 ? "has more than a host and a port; a .pac file is no proxy"
        : !SecureUrl.IsHarmless(proxy) ? "has a control character or an invisible one in it"
        : null;
}
