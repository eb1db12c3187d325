using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about the way to a server.</content>
internal static partial class Errors
{
    internal static OAuthConnectionException HostUnknown(string purpose, Uri endpoint, Exception inner) => new(
        OAuthErrorId.HostUnknown,
        $"The host '{ShownUrl.HostOf(endpoint)}' of the {purpose} was not found.",
        "Check the spelling of the address, and that this machine resolves names.",
        inner)
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthConnectionException Unreachable(string purpose, Uri endpoint, Exception inner) => new(
        OAuthErrorId.ServerUnreachable,
        $"No connection to {endpoint.GetLeftPart(UriPartial.Authority)} for the {purpose}.",
        "Check the address and port, the network, and a proxy or firewall between.",
        inner)
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthConnectionException TlsFailed(
        Uri endpoint, bool isLoopback, bool hasAuthority, string? flaw, Exception inner) => new(
        OAuthErrorId.TlsFailure,
        $"The TLS connection to {endpoint.GetLeftPart(UriPartial.Authority)} failed{(flaw is null ? "" : $": the certificate {flaw}")}; "
            + "nothing was sent.",
        (hasAuthority ? "Check that the address is the right one, and the authority that is given is the certificate's."
            : "Check that the address is the right one and that this machine trusts the certificate's issuer; on Linux SSL_CERT_FILE names "
                + "a file of those that are trusted.")
            + (isLoopback ? " A server of this machine without TLS, such as the emulator, is given with http:// in front." : ""),
        inner)
    {
        Endpoint = ShownUrl.Of(endpoint),
        Inputs = hasAuthority ? [OAuthInput.CertificateAuthority] : [],
    };

    internal static OAuthConnectionException ConnectionLost(string purpose, Uri endpoint, Exception inner) => new(
        OAuthErrorId.ConnectionLost,
        $"The connection closed before the full response of the {purpose} arrived ({ShownUrl.Of(endpoint)}).",
        "Try again; whether the server has acted on the request is not known.",
        inner)
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthConnectionException TimedOut(string purpose, Uri endpoint, TimeSpan timeout) => new(
        OAuthErrorId.RequestTimeout,
        $"The {purpose} to {ShownUrl.Of(endpoint)} had no response within {timeout.TotalSeconds:0.###} s.",
        "Try again, or allow more time.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    /// <param name="purpose">What the request is.</param>
    /// <param name="endpoint">Where it was sent.</param>
    /// <param name="origin">Where the server redirects it, as it may be shown.</param>
    internal static OAuthConnectionException RedirectToOtherOrigin(string purpose, Uri endpoint, string origin) => new(
        OAuthErrorId.RedirectToOtherOrigin,
        $"The server redirects the {purpose} to another origin, {origin}; credentials are not sent there.",
        "If that is where the provider is now, connect to that address.")
    {
        Endpoint = ShownUrl.Of(endpoint),
        Inputs = [OAuthInput.ServiceUrl],
    };

    internal static OAuthConnectionException RedirectInvalid(string purpose, Uri endpoint) => new(
        OAuthErrorId.RedirectInvalid,
        $"The server redirects the {purpose} to something that is no address.",
        "Check the address with the provider.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthConnectionException RedirectWithUserInfo(string purpose, Uri endpoint) => new(
        OAuthErrorId.RedirectInvalid,
        $"The server redirects the {purpose} to an address with a user name in it; nothing was sent there.",
        "Check the address with the provider.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthConnectionException RedirectDropsMethod(string purpose, Uri endpoint, string method, int status) => new(
        OAuthErrorId.RedirectDropsMethod,
        $"The server answers the {purpose} with the redirect {status}, which would turn {method} into GET.",
        "Check the path of the address for a missing or extra trailing slash.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthConnectionException RedirectLoop(string purpose, Uri endpoint) => new(
        OAuthErrorId.RedirectLoop,
        $"The server redirects the {purpose} again and again.",
        "Check the address with the provider.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };
}
