using OAuthPS.Flows;

namespace OAuthPS.Advice;

/// <summary>What to do where a proxy or a certificate stands in the way to a server.</summary>
internal static class WayAdvice
{
    internal static string ProxyUnreachable(OAuthException failure) => IsGiven(failure, OAuthInput.Proxy)
        ? "Check -Proxy, and that the proxy is running; -NoProxy goes without one."
        : "Check the proxy in HTTPS_PROXY or the system's settings, or name another one with -Proxy. NO_PROXY lists the hosts that are "
            + "reached without it; -NoProxy goes without one.";

    internal static string ProxyAuthentication(OAuthException failure) => IsGiven(failure, OAuthInput.Proxy)
        ? "Give -ProxyCredential or -ProxyUseDefaultCredentials with -Proxy, or check the one that was given."
        : "Give -Proxy and -ProxyCredential; or set HTTPS_PROXY to the proxy's address with both, such as "
            + "http://user:password@proxy.example.com:8080, and start again.";

    internal static string ProxyRefused(OAuthException failure) =>
        "Check the address, and ask the proxy's administrator to allow it; -NoProxy goes without one."
            + (IsGiven(failure, OAuthInput.Proxy) ? "" : " NO_PROXY lists the hosts that are reached without it.");

    internal static string Tls(OAuthException failure) => (IsGiven(failure, OAuthInput.CertificateAuthority)
        ? "Check that the address is the right one, and that -CertificateAuthority names the authority of the server's certificate."
        : "Check that the address is the right one. If this machine does not trust the authority of the server's certificate, give that "
            + "one with -CertificateAuthority; on Linux SSL_CERT_FILE names a file of those that are trusted.")
        + (Uri.TryCreate(failure.Endpoint, UriKind.Absolute, out var server) && server.IsLoopback
            ? " A server of this machine without TLS, such as the emulator, is given with http:// in front."
            : "");

    private static bool IsGiven(OAuthException failure, OAuthInput input) => failure.Inputs.Contains(input);
}
