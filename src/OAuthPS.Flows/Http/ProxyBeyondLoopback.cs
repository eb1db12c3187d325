using System.Net;

namespace OAuthPS.Flows.Http;

/// <summary>
/// The proxy of the process (<c>HTTPS_PROXY</c>, <c>ALL_PROXY</c>, the system's settings) for every host but this machine. Plain HTTP is
/// allowed to loopback because it never leaves the machine, so it must not be handed to a proxy.
/// </summary>
internal sealed class ProxyBeyondLoopback : IWebProxy
{
    // Asked each time: a script may set another one (HttpClient.DefaultProxy).
    private static IWebProxy Proxy => HttpClient.DefaultProxy;

    public ICredentials? Credentials
    {
        get => Proxy.Credentials;
        set => throw new NotSupportedException("The credentials are those of the process's own proxy.");
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : Proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => SecureUrl.IsThisMachine(host) || Proxy.IsBypassed(host);
}
