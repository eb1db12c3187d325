using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OAuthPS.Emulator;

/// <summary>Random secrets, and comparing them without telling by time how much was right.</summary>
internal static class SecretText
{
    /// <summary>
    /// How every secret begins that the emulator makes up and gives out, so that one is recognised wherever it shows: a test that
    /// records a whole run finds it by this alone. JWTs are recognised by their form.
    /// </summary>
    public const string Mark = "emulated_";

    /// <summary>A secret to be given out.</summary>
    public static string New() => Mark + Random();

    /// <summary>256 random bits as text (RFC 6749 section 10.10 asks for at least 128).</summary>
    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Compares digests, so that neither content nor length shows in the time taken.</summary>
    public static bool IsSameSecret(this string left, string right)
        => CryptographicOperations.FixedTimeEquals(Sha256(left), Sha256(right));

    /// <summary>What a store files a secret under: looking up a digest tells nothing about the secret.</summary>
    public static string Digest(string secret) => Convert.ToHexString(Sha256(secret));

    private static byte[] Sha256(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
