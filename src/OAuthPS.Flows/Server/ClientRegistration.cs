using System.Runtime.CompilerServices;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Server;

/// <summary>
/// What this process knows of a client as it is registered at a server: whether the server has ever taken it, and which other way of
/// proving it was found. Sessions of the same client share it.
/// </summary>
internal sealed class ClientRegistration
{
    private const int Most = 100;

    private static readonly ConditionalWeakTable<HttpTransport, List<(string Key, ClientRegistration Registration)>> _all = [];

    private volatile string? _found;
    private volatile bool _hasSucceeded;
    private int _isTried;

    private ClientRegistration()
    {
    }

    /// <summary>The name of the way that was found; null for the first.</summary>
    internal string? Found => _found;

    /// <summary>Whether the server has taken the client as it is now.</summary>
    internal bool HasSucceeded => _hasSucceeded;

    /// <param name="transport">Through which the server is asked.</param>
    /// <param name="server">The server, by its token endpoint.</param>
    /// <param name="client">The client, and how it proves itself at first.</param>
    internal static ClientRegistration Of(HttpTransport transport, Uri server, ClientAuthenticator client)
    {
        var key = $"{server.OriginalString}\n{client.Name}\n{client.Fingerprint}";
        var known = _all.GetOrCreateValue(transport.Root);
        lock (known)
        {
            var index = known.FindIndex(one => one.Key == key);
            if (index >= 0)
            {
                return known[index].Registration;
            }

            if (known.Count == Most)
            {
                known.RemoveAt(0);
            }

            var fresh = new ClientRegistration();
            known.Add((key, fresh));
            return fresh;
        }
    }

    /// <summary>Takes the one try there is.</summary>
    internal bool TryTake() => Interlocked.Exchange(ref _isTried, 1) == 0;

    /// <summary>Gives it back: no response came of it.</summary>
    internal void GiveBack() => Volatile.Write(ref _isTried, 0);

    internal void Keep(string found) => _found = found;

    internal void Forget() => _found = null;

    internal void Succeed() => _hasSucceeded = true;
}
