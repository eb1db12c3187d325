using System.Security.Cryptography;
using System.Text;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>Proof key for code exchange (RFC 7636), with the method S256 alone: plain protects from nobody who sees the request.</summary>
internal static class Pkce
{
    internal const string Method = "S256";

    /// <summary>A fresh <c>code_verifier</c> of 43 characters from 32 random bytes (section 4.1).</summary>
    internal static Secret CreateVerifier() => new(Base64Url.Encode(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The <c>code_challenge</c> (section 4.2).</summary>
    internal static string Challenge(Secret verifier) => Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier.Reveal())));
}
