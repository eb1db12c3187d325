using System.Collections.Concurrent;

namespace OAuthPS.Emulator;

/// <summary>The access tokens a provider issued.</summary>
internal sealed class AccessTokens(EmulatorContext context, TimeSpan documentedLifetime)
{
    private readonly ConcurrentDictionary<string, AccessToken> _tokens = new();

    /// <summary>Issues a token for all that was granted.</summary>
    public IssuedToken Issue(Grant grant) => Issue(grant, grant.Scope, _ => SecretText.New());

    /// <summary>Issues a token.</summary>
    /// <param name="grant">What it stands for.</param>
    /// <param name="scope">What it is good for.</param>
    /// <param name="mint">Makes the token from its expiry in seconds since 1970.</param>
    public IssuedToken Issue(Grant grant, string scope, Func<long, string> mint)
    {
        var lifetime = context.Settings.TokenLifetime ?? documentedLifetime;
        var expires = context.Now + lifetime;
        var token = mint(expires.ToUnixTimeSeconds());
        _tokens[SecretText.Digest(token)] = new AccessToken(grant, scope, expires);

        // By 0 some servers mean that they do not say: what expires on arrival lives for less than a second.
        return new(token, lifetime == TimeSpan.Zero ? 0.001 : Math.Floor(lifetime.TotalSeconds), expires.ToUnixTimeSeconds());
    }

    /// <summary>Finds a token, whatever it is worth by now.</summary>
    public TokenState Find(string token, out AccessToken? found)
        => _tokens.TryGetValue(SecretText.Digest(token), out found) ? found.StateAt(context.Now) : TokenState.Unknown;

    /// <summary>From now on every token issued so far has expired.</summary>
    public void ExpireAll()
    {
        foreach (var token in _tokens.Values)
        {
            token.Expire();
        }
    }
}
