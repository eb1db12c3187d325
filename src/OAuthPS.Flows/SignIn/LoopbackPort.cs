using System.Net;
using System.Net.Sockets;

namespace OAuthPS.Flows.SignIn;

/// <summary>
/// The port of a loopback redirect: the one that the redirect URI has, or a free one where it has none, since a server lets any port be
/// chosen when the request is made (RFC 8252 section 7.3).
/// </summary>
internal static class LoopbackPort
{
    // A port that is free on one of the two addresses of a name may be taken on the other.
    private const int MaximumTries = 20;

    /// <param name="redirectUri">The redirect URI as it is registered.</param>
    /// <returns>The listeners, and the redirect URI to send: the same byte for byte, but for a port that it left open.</returns>
    /// <exception cref="OAuthUsageException">The port is taken or not allowed.</exception>
    internal static (List<TcpListener> Listeners, string RedirectUri) Listen(string redirectUri)
    {
        var uri = new Uri(redirectUri);
        var (start, end) = PortIn(redirectUri);
        var isFree = end - start <= 1 || uri.Port == 0;
        for (var tries = isFree ? MaximumTries : 1; ; tries--)
        {
            List<TcpListener> listeners = [];
            try
            {
                var port = isFree ? 0 : uri.Port;
                foreach (var address in AddressesOf(uri))
                {
                    if (TryListen(address, port, isLastChance: listeners.Count == 0) is { } listener)
                    {
                        listeners.Add(listener);
                        port = ((IPEndPoint)listener.LocalEndpoint).Port;
                    }
                }

                return (listeners, isFree ? $"{redirectUri[..start]}:{port}{redirectUri[end..]}" : redirectUri);
            }
            catch (SocketException failure)
            {
                listeners.ForEach(listener => listener.Dispose());
                if (tries == 1 || failure.SocketErrorCode != SocketError.AddressAlreadyInUse)
                {
                    throw Errors.PortNotAvailable(uri, failure.SocketErrorCode);
                }
            }
        }
    }

    // Where the port stands with its colon: only that is ever replaced, the rest must stay byte for byte what is registered.
    private static (int Start, int End) PortIn(string redirectUri)
    {
        var authority = redirectUri.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = redirectUri.IndexOfAny(['/', '?'], authority);
        end = end < 0 ? redirectUri.Length : end;
        var host = redirectUri.LastIndexOfAny(['@', ']'], end - 1, end - authority);
        var colon = redirectUri.LastIndexOf(':', end - 1, end - Math.Max(host, authority));
        return (colon < 0 ? end : colon, end);
    }

    private static IPAddress[] AddressesOf(Uri uri) => uri.HostNameType switch
    {
        UriHostNameType.IPv4 or UriHostNameType.IPv6 => [IPAddress.Parse(uri.IdnHost)],
        _ when Socket.OSSupportsIPv6 => [IPAddress.Loopback, IPAddress.IPv6Loopback],
        _ => [IPAddress.Loopback],
    };

    private static TcpListener? TryListen(IPAddress address, int port, bool isLastChance)
    {
        var listener = new TcpListener(address, port);
        try
        {
            // Windows lets another program share the port unless told not to. Elsewhere nobody may by default, and saying false
            // here would allow it.
            if (OperatingSystem.IsWindows())
            {
                listener.ExclusiveAddressUse = true;
            }

            listener.Start();
            return listener;
        }
        catch (SocketException failure) when (!isLastChance && failure.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // A machine whose kernel knows IPv6 and whose loopback interface has no such address, as in many containers.
            listener.Dispose();
            return null;
        }
    }
}
