using System.Collections.Concurrent;

namespace OAuthPS.Emulator;

/// <summary>An access token as it goes into a token answer.</summary>
internal readonly record struct IssuedToken(string Token, double ExpiresIn, long ExpiresAt)
{
    public override string ToString() => "***";
}

internal enum TokenState { Unknown, Expired, Revoked, Valid }

/// <summary>The access tokens a provider issued.</summary>
internal sealed class AccessTokens(EmulatorContext context, TimeSpan documentedLifetime)
{
    private readonly ConcurrentDictionary<string, Entry> entries = new();

    /// <summary>How long a token issued now lives.</summary>
    public TimeSpan Lifetime => context.Settings.TokenLifetime ?? documentedLifetime;

    /// <param name="grant">What the token stands for.</param>
    /// <param name="mint">Makes the token from its expiry in seconds since 1970; without it the token is random text.</param>
    public IssuedToken Issue(Grant grant, Func<long, string>? mint = null)
    {
        var lifetime = Lifetime;
        var expires = context.Now + lifetime;
        var token = mint is null ? SecretText.New() : mint(expires.ToUnixTimeSeconds());
        entries[SecretText.Digest(token)] = new Entry(grant, expires);

        // By 0 some servers mean that they do not say: what expires on arrival lives for less than a second.
        return new(token, lifetime == TimeSpan.Zero ? 0.001 : Math.Floor(lifetime.TotalSeconds), expires.ToUnixTimeSeconds());
    }

    public TokenState Find(string token, out Grant? grant)
    {
        grant = null;
        if (!entries.TryGetValue(SecretText.Digest(token), out var entry))
            return TokenState.Unknown;
        grant = entry.Grant;
        return grant.Ended ? TokenState.Revoked
            : entry.ExpiredEarly || entry.Expires <= context.Now ? TokenState.Expired
            : TokenState.Valid;
    }

    /// <summary>From now on every token issued so far has expired.</summary>
    public void ExpireAll()
    {
        foreach (var entry in entries.Values)
            entry.ExpiredEarly = true;
    }

    private sealed class Entry(Grant grant, DateTimeOffset expires)
    {
        private volatile bool expiredEarly;

        public Grant Grant => grant;

        public DateTimeOffset Expires => expires;

        public bool ExpiredEarly { get => expiredEarly; set => expiredEarly = value; }
    }
}
