using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OAuthPS.Emulator;

/// <summary>Proof Key for Code Exchange (RFC 7636), with the one method S256.</summary>
internal static partial class Pkce
{
    /// <summary>What is wrong with the challenge of an authorization request; null when nothing is.</summary>
    public static string? Problem(string? challenge, string? method)
    {
        if (challenge is null)
        {
            return method is null ? null : "code_challenge_method comes without code_challenge.";
        }

        // Left out, the method is "plain" (section 4.3).
        if (method != "S256")
        {
            return "code_challenge_method must be S256.";
        }

        return Challenge().IsMatch(challenge) ? null : "code_challenge is not the base64url form of a SHA-256 digest.";
    }

    /// <summary>Why the verifier of a token request is refused; null when it is not.</summary>
    public static string? Refusal(string? challenge, string? verifier)
    {
        // A verifier without a challenge: the challenge was stripped on the way (RFC 9700 section 2.1.1).
        if (challenge is null)
        {
            return verifier is null ? null : "code_verifier is sent although the authorization request had no code_challenge.";
        }

        if (verifier is null)
        {
            return "code_verifier is missing.";
        }

        var digest = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return Verifier().IsMatch(verifier) && digest.IsSameSecret(challenge)
            ? null
            : "code_verifier does not fit the code_challenge.";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{43}\z")]
    private static partial Regex Challenge();

    [GeneratedRegex(@"^[A-Za-z0-9._~-]{43,128}\z")]
    private static partial Regex Verifier();
}
