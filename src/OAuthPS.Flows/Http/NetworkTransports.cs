namespace OAuthPS.Flows.Http;

/// <summary>
/// Transports by their network options, so that sessions that say the same share their connections. The one not asked for the longest
/// makes room: who uses it keeps it, and its connections end with the last of them.
/// </summary>
internal sealed class NetworkTransports(Func<NetworkOptions, HttpTransport> create)
{
    private const int Most = 16;

    private readonly List<HttpTransport> _known = [];

    /// <exception cref="OAuthUsageException">The options contradict each other, or one of them cannot be used.</exception>
    internal HttpTransport Get(NetworkOptions network)
    {
        network.Check();
        lock (_known)
        {
            var index = _known.FindIndex(one => one.Network == network);
            var transport = index < 0 ? create(network) : _known[index];
            if (index >= 0 || _known.Count == Most)
            {
                _known.RemoveAt(Math.Max(index, 0));
            }

            _known.Add(transport);
            return transport;
        }
    }
}
