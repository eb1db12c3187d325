using System.Net;

namespace OAuthPS.Flows.Http;

/// <summary>
/// A proxy for every host but this machine. Plain HTTP is allowed to loopback because it never leaves the machine, so it must not be
/// handed to a proxy.
/// </summary>
/// <param name="given">
/// The proxy; that of the process (<c>HTTPS_PROXY</c>, <c>ALL_PROXY</c>, the system's settings) when null.
/// </param>
internal sealed class ProxyBeyondLoopback(IWebProxy? given = null) : IWebProxy
{
    // Asked each time: a script may set another one (HttpClient.DefaultProxy).
    private IWebProxy Proxy => given ?? HttpClient.DefaultProxy;

    public ICredentials? Credentials
    {
        get => Proxy.Credentials;
        set => throw new NotSupportedException("The credentials are those of the proxy itself.");
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : Proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => SecureUrl.IsThisMachine(host) || Proxy.IsBypassed(host);
}
