using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace OAuthPS.Flows.Jose;

/// <summary>How many bits an RSA key needs, to sign and to verify (RFC 7518 sections 3.3 and 3.5).</summary>
internal static class RsaStrength
{
    /// <summary>In bits.</summary>
    internal const int Smallest = 2048;

    /// <exception cref="OAuthUsageException">The key is an RSA key with too few bits.</exception>
    internal static void Require(AsymmetricAlgorithm? key)
    {
        if (key is RSA { KeySize: < Smallest })
        {
            throw Errors.KeyTooShort(key.KeySize, Smallest);
        }
    }

    /// <returns>What is wrong with a signature of this key, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(JsonElement jwk) =>
        JsonWebSignature.Text(jwk, "kty") == "RSA" && BitsOf(JsonWebSignature.Text(jwk, "n") ?? "") is var bits and < Smallest
            ? $"is signed with an RSA key of {bits} bits, and fewer than {Smallest} are not accepted (RFC 7518 section 3.3)" : null;

    // Servers pad the modulus, or write it with a zero byte in front as ASN.1 does: that makes no key longer. What is no number has no
    // bits.
    private static int BitsOf(string modulus)
    {
        var text = modulus.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length))
        {
            return 0;
        }

        var number = bytes.AsSpan(0, length).TrimStart((byte)0);
        return number.IsEmpty ? 0 : (number.Length * 8) - BitOperations.LeadingZeroCount(number[0]) + 24;
    }
}
