using System.Runtime.CompilerServices;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
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

    private readonly Dictionary<(Uri Endpoint, string Given), Task> _left = [];

    /// <summary>Those that responses through a transport have brought.</summary>
    internal static RotatedRefreshTokens Of(HttpTransport transport) => _all.GetOrCreateValue(transport.Root);

    /// <summary>
    /// The token to send where a user gives one: that one, unless it is known to be replaced. A request with it that nobody waits for
    /// any more is waited for: whether the token is still good is in its response.
    /// </summary>
    internal async Task<Secret> NewestOfAsync(Uri endpoint, Secret given, CancellationToken cancellationToken)
    {
        Task? left;
        lock (_gate)
        {
            left = _left.GetValueOrDefault((endpoint, given.Reveal()));
        }

        await (left ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            var found = IndexOf(endpoint, given);
            return found < 0 ? given : _kept[found].Newest;
        }
    }

    /// <summary>Sees a request with the token to its end in the place of whoever gave up waiting for it.</summary>
    internal void Leave(Uri endpoint, Secret given, Task<TokenResponse> request)
    {
        lock (_gate)
        {
            var kept = KeepWhatComesAsync(endpoint, given, request);
            if (!kept.IsCompleted)
            {
                _left[(endpoint, given.Reveal())] = kept;
            }
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

    private async Task KeepWhatComesAsync(Uri endpoint, Secret given, Task<TokenResponse> request)
    {
        try
        {
            if ((await request.ConfigureAwait(false)).RefreshToken is { } newest)
            {
                Keep(endpoint, given, newest);
            }
        }
        catch (OAuthException)
        {
            // What a refused response has rotated was kept when it was read.
        }
        finally
        {
            lock (_gate)
            {
                _left.Remove((endpoint, given.Reveal()));
            }
        }
    }

    private int IndexOf(Uri endpoint, Secret given) => _kept.FindIndex(one => one.Endpoint == endpoint && one.Given == given.Reveal());
}
