using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OAuthPS.Flows.Http;

/// <summary>
/// Certificate authorities that are trusted besides the system's. The system judges first; where all that it holds against a certificate is
/// that it does not know its issuer, the whole way is judged again with these authorities alone. The host's name is the system's to compare
/// in any case.
/// </summary>
internal sealed class AddedTrust
{
    private static readonly Oid _serverAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection _roots = [];
    private readonly X509Certificate2Collection _others = [];

    internal AddedTrust(IEnumerable<X509Certificate2> authorities)
    {
        foreach (var authority in authorities)
        {
            (Jose.CertificateAuthority.IsRoot(authority) ? _roots : _others).Add(authority);
        }
    }

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>.</summary>
    /// <exception cref="CertificateRefusedException">The certificate is not good: the one way to tell why.</exception>
    internal bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        if (certificate is not X509Certificate2 shown || chain is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            throw new CertificateRefusedException("is missing");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new CertificateRefusedException("is for another host");
        }

        var system = FlagsOf(chain);
        if ((system & ~(X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != X509ChainStatusFlags.NoError)
        {
            throw new CertificateRefusedException(system);
        }

        using var own = new X509Chain { ChainPolicy = PolicyLike(chain.ChainPolicy) };
        return own.Build(shown) ? true : throw new CertificateRefusedException(FlagsOf(own));
    }

    private X509ChainPolicy PolicyLike(X509ChainPolicy system)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = system.RevocationMode,
            RevocationFlag = system.RevocationFlag,

            // A certificate that nobody vouches for yet has no say in what is fetched.
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(_serverAuthentication);
        policy.CustomTrustStore.AddRange(_roots);
        policy.ExtraStore.AddRange(_others);
        policy.ExtraStore.AddRange(system.ExtraStore);
        return policy;
    }

    private static X509ChainStatusFlags FlagsOf(X509Chain chain) =>
        chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
}

/// <summary>A server's certificate that is not good.</summary>
/// <param name="flaw">Why, to follow "the certificate".</param>
internal sealed class CertificateRefusedException(string flaw) : AuthenticationException($"The server's certificate {flaw}.")
{
    internal CertificateRefusedException(X509ChainStatusFlags flags)
        : this(Words(flags))
    {
    }

    internal string Flaw => flaw;

    private static string Words(X509ChainStatusFlags flags) =>
        flags.HasFlag(X509ChainStatusFlags.Revoked) ? "was revoked"
        : flags.HasFlag(X509ChainStatusFlags.ExplicitDistrust) ? "is distrusted by this machine"
        : flags.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "has expired or is not valid yet"
        : flags.HasFlag(X509ChainStatusFlags.NotValidForUsage) ? "is not meant for servers"
        : (flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != X509ChainStatusFlags.NoError
            ? "is of an authority that is not trusted"
        : $"is not valid ({flags})";
}
