using System.Management.Automation;
using OAuthPS.Flows.Http;
using OAuthPS.Parameters;

namespace OAuthPS.Commands;

/// <content>How the API is reached, in the place of how the session reaches it, for this call alone.</content>
public sealed partial class InvokeOAuthRestMethodCommand
{
    /// <summary>
    /// The proxy, such as <c>http://proxy.example.com:8080</c>; <c>https</c>, <c>socks4</c>, <c>socks4a</c> and <c>socks5</c> work too. The
    /// session's when left out.
    /// </summary>
    [Parameter]
    [ProxyTransformation]
    public Uri? Proxy { get; set; }

    /// <summary>The user name and password for the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Gives the proxy the credentials of the user that PowerShell runs as (Negotiate, NTLM).</summary>
    [Parameter]
    public SwitchParameter ProxyUseDefaultCredentials { get; set; }

    /// <summary>Uses no proxy, whatever the session or the environment says.</summary>
    [Parameter]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>
    /// Certificate authorities to trust besides the system's: the paths of PEM or DER files, certificates, or the text of a PEM. The
    /// session's when left out.
    /// </summary>
    [Parameter]
    [CertificateAuthorityTransformation]
    public CertificateAuthoritySource[]? CertificateAuthority { get; set; }

    private NetworkOptions? Network() => new NetworkParameters
    {
        Proxy = Proxy,
        ProxyCredential = ProxyCredential,
        ProxyUseDefaultCredentials = ProxyUseDefaultCredentials,
        NoProxy = NoProxy,
        CertificateAuthority = CertificateAuthority,
    }.ToOptions(FileAt);
}
