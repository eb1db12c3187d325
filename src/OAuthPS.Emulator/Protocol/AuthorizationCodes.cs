using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace OAuthPS.Emulator;

/// <summary>What an authorization code was issued for.</summary>
internal sealed record AuthorizationCode(AuthorizationRequest Request, Grant Grant, DateTimeOffset Expires)
{
    private int _used;

    /// <summary>True for the first caller only.</summary>
    public bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;
}

/// <summary>The authorization codes a provider issued (RFC 6749 section 4.1.2).</summary>
internal sealed class AuthorizationCodes(EmulatorContext emulator)
{
    // "A maximum authorization code lifetime of 10 minutes is RECOMMENDED."
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, AuthorizationCode> _codes = new();

    public string Issue(AuthorizationRequest request, Grant grant)
    {
        var code = SecretText.New();
        _codes[SecretText.Digest(code)] = new AuthorizationCode(request, grant, emulator.Now + _lifetime);
        return code;
    }

    /// <summary>
    /// Uses a code up, or says why it is refused. What <paramref name="check"/> refuses, and what another client tries,
    /// leaves the code as it was.
    /// </summary>
    public bool TryUse(
        string code,
        string clientId,
        Func<AuthorizationRequest, string?> check,
        [NotNullWhen(true)] out AuthorizationCode? issued,
        out string refusal)
    {
        refusal = "";
        if (!_codes.TryGetValue(SecretText.Digest(code), out issued) || issued.Request.ClientId != clientId)
        {
            refusal = "The authorization code is unknown or was issued to another client.";
        }
        else if (issued.Expires <= emulator.Now)
        {
            refusal = "The authorization code expired.";
        }
        else if (check(issued.Request) is { } wrong)
        {
            refusal = wrong;
        }
        else if (!issued.TryUse())
        {
            // Somebody else has the code as well, so what it was good for ends.
            issued.Grant.End();
            refusal = "The authorization code was used before; the tokens issued for it are revoked.";
        }

        return refusal.Length == 0;
    }
}
