using System.Collections.Concurrent;

namespace OAuthPS.Emulator;

/// <summary>The refresh tokens a provider issued.</summary>
internal sealed class RefreshTokens(EmulatorContext context)
{
    private readonly ConcurrentDictionary<string, (Grant Grant, DateTimeOffset? Expires)> _entries = new();

    /// <param name="grant">What the token stands for.</param>
    /// <param name="lifetime">How long it lives; null for ever.</param>
    public string Issue(Grant grant, TimeSpan? lifetime)
    {
        var token = SecretText.New();
        _entries[SecretText.Digest(token)] = (grant, lifetime is { } limited ? context.Now + limited : null);
        return token;
    }

    /// <summary>The grant of a token that is good for this client; the token stays good.</summary>
    public Grant? Find(string token, string clientId)
        => _entries.TryGetValue(SecretText.Digest(token), out var entry) && IsGood(entry, clientId) ? entry.Grant : null;

    /// <summary>The grant of a token that is good for this client, once: of any number of callers one is given it.</summary>
    public Grant? Use(string token, string clientId)
    {
        var digest = SecretText.Digest(token);
        // Another client's attempt must not use it up.
        return Find(token, clientId) is not null && _entries.TryRemove(digest, out var entry) ? entry.Grant : null;
    }

    /// <summary>The grant of a token, whoever asks.</summary>
    public Grant? Find(string token) => _entries.TryGetValue(SecretText.Digest(token), out var entry) ? entry.Grant : null;

    private bool IsGood((Grant Grant, DateTimeOffset? Expires) entry, string clientId)
        => !entry.Grant.Ended && entry.Grant.ClientId == clientId && !(entry.Expires <= context.Now);
}
