using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace OAuthPS.Flows.Http;

/// <summary>A connection pool as this library wants it: redirects, and whom it trusts, are left to no default.</summary>
internal static class NetworkHandler
{
    /// <param name="certificate">The TLS certificate to present (RFC 8705); null for none.</param>
    /// <param name="network">How servers are reached; checked.</param>
    internal static SocketsHttpHandler Create(X509Certificate2? certificate, NetworkOptions network)
    {
        var proxy = ProxyOf(network);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = proxy is not null,
            Proxy = proxy,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (certificate is not null)
        {
            // Presented whatever issuers the server names: a self-signed one has none (section 2.2). No certificate is fetched.
            handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(
                certificate, additionalCertificates: null, offline: true);
        }

        if (network.CertificateAuthorities.Count > 0)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = new AddedTrust(network.CertificateAuthorities).Accept;
        }

        return handler;
    }

    /// <summary>The proxy that is used; null for none.</summary>
    internal static ProxyBeyondLoopback? ProxyOf(NetworkOptions network) =>
        network.NoProxy ? null : new ProxyBeyondLoopback(network.ToWebProxy());
}
