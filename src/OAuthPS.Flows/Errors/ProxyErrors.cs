using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about the proxy on the way to a server. Its address may have a password in it, and so may what .NET says.</content>
internal static partial class Errors
{
    internal static OAuthConnectionException ProxyUnreachable(
        string purpose, Uri endpoint, Uri proxy, bool isGiven, Exception inner) => new(
        OAuthErrorId.ProxyUnreachable,
        $"The proxy{Named(proxy)} cannot be reached; nothing of the {purpose} was sent to {Origin(endpoint)}.",
        isGiven ? "Check the proxy's address, and that it is running."
            : "Check the proxy in HTTPS_PROXY or the system's settings. NO_PROXY lists the hosts that are reached without it.",
        inner)
    {
        Endpoint = ShownUrl.Of(endpoint),
        Inputs = Given(isGiven),
    };

    internal static OAuthConnectionException ProxyWantsPassword(string purpose, Uri endpoint, Uri? proxy, bool isGiven) => new(
        OAuthErrorId.ProxyAuthenticationRequired,
        $"The proxy{Named(proxy)} wants a user name and a password (407); nothing of the {purpose} was sent to {Origin(endpoint)}.",
        isGiven ? "Give them with the proxy, or check those that were given."
            : "Set HTTPS_PROXY to the proxy's address with both, such as http://user:password@proxy.example.com:8080, and start again.")
    {
        Endpoint = ShownUrl.Of(endpoint),
        Inputs = Given(isGiven),
    };

    internal static OAuthConnectionException ProxyRefused(
        string purpose, Uri endpoint, Uri? proxy, bool isGiven, int? status) => new(
        OAuthErrorId.ProxyRefused,
        $"The proxy{Named(proxy)} does not connect to {Origin(endpoint)}{(status is null ? "" : $" ({status})")}; nothing of the {purpose} "
            + $"was sent there.",
        "Check the address, and ask the proxy's administrator to allow it."
            + (isGiven ? "" : " NO_PROXY lists the hosts that are reached without the proxy."))
    {
        Endpoint = ShownUrl.Of(endpoint),
        Inputs = Given(isGiven),
    };

    // That of the process is for the environment to say.
    private static IReadOnlyList<OAuthInput> Given(bool isGiven) => isGiven ? [OAuthInput.Proxy] : [];

    private static string Named(Uri? proxy) => proxy is null ? "" : $" {ShownUrl.HostOf(proxy)}:{proxy.Port}";

    private static string Origin(Uri endpoint) => endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
