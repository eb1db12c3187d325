using System.Runtime.CompilerServices;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Server;

/// <summary>
/// Refresh tokens that a server has replaced in a response which opened no session: whoever connects again with the old one, in this
/// process, sends the new one. The last hundred are kept, in memory only.
/// </summary>
internal sealed class RotatedRefreshTokens
{
    private const int Most = 100;

    private static readonly ConditionalWeakTable<HttpTransport, RotatedRefreshTokens> _all = [];

    private readonly object _gate = new();

    // The oldest first.
    private readonly List<(Uri Endpoint, string Given, Secret Newest)> _kept = [];

    /// <summary>Those that responses through a transport have brought.</summary>
    internal static RotatedRefreshTokens Of(HttpTransport transport) => _all.GetOrCreateValue(transport.Root);

    /// <summary>The token to send where a user gives one: that one, unless it is known to be replaced.</summary>
    internal Secret NewestOf(Uri endpoint, Secret given)
    {
        lock (_gate)
        {
            var found = IndexOf(endpoint, given);
            return found < 0 ? given : _kept[found].Newest;
        }
    }

    /// <summary>Remembers what has replaced the token that a user gave.</summary>
    internal void Keep(Uri endpoint, Secret given, Secret newest)
    {
        lock (_gate)
        {
            Forget(endpoint, given);
            _kept.Add((endpoint, given.Reveal(), newest));
            if (_kept.Count > Most)
            {
                _kept.RemoveAt(0);
            }
        }
    }

    /// <summary>Forgets it: a session has the newest now.</summary>
    internal void Forget(Uri endpoint, Secret given)
    {
        lock (_gate)
        {
            var found = IndexOf(endpoint, given);
            if (found >= 0)
            {
                _kept.RemoveAt(found);
            }
        }
    }

    private int IndexOf(Uri endpoint, Secret given) => _kept.FindIndex(one => one.Endpoint == endpoint && one.Given == given.Reveal());
}
