using System.Management.Automation;
using OAuthPS.Flows.Http;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>What was given for the way to a server, by the names of the parameters.</summary>
internal sealed record NetworkParameters
{
    public required Uri? Proxy { get; init; }

    public required PSCredential? ProxyCredential { get; init; }

    public required bool ProxyUseDefaultCredentials { get; init; }

    public required bool NoProxy { get; init; }

    public required CertificateAuthoritySource[]? CertificateAuthority { get; init; }

    /// <summary>The first parameter that was given; null when none was.</summary>
    internal string? First => Proxy is not null ? nameof(Proxy)
        : ProxyCredential is not null ? nameof(ProxyCredential)
        : ProxyUseDefaultCredentials ? nameof(ProxyUseDefaultCredentials)
        : NoProxy ? nameof(NoProxy)
        : CertificateAuthority is not null ? nameof(CertificateAuthority)
        : null;

    /// <returns>The options; null when nothing was given.</returns>
    internal NetworkOptions? ToOptions(Func<string, string> fileAt) => First is null ? null : new NetworkOptions
    {
        Proxy = Proxy,
        ProxyCredential = ProxyCredential?.ToProxyCredential(),
        ProxyUsesDefaultCredentials = ProxyUseDefaultCredentials,
        NoProxy = NoProxy,
        CertificateAuthorities = [.. (CertificateAuthority ?? []).SelectMany(source => source.Read(fileAt))],
    };
}
