using System.Management.Automation;
using OAuthPS.Flows.Http;
using OAuthPS.Parameters;

namespace OAuthPS;

/// <summary>The base of the cmdlets that can be told how to reach a server: through which proxy, and whom to trust.</summary>
public abstract class NetworkCmdlet : OAuthCmdlet
{
    /// <summary>
    /// The proxy, such as <c>http://proxy.example.com:8080</c>; <c>https</c>, <c>socks4</c>, <c>socks4a</c> and <c>socks5</c> work too.
    /// The session's, or that of the environment or the system, when left out.
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

    /// <summary>Uses no proxy, whatever the session, the environment or the system says.</summary>
    [Parameter]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>
    /// Certificate authorities to trust besides the system's: the paths of PEM or DER files, certificates, or the text of a PEM. At least
    /// one is a root, or the server's own self-signed certificate.
    /// </summary>
    [Parameter]
    [CertificateAuthorityTransformation]
    public CertificateAuthoritySource[]? CertificateAuthority { get; set; }

    /// <summary>What was given for the way to a server; null for nothing.</summary>
    private protected NetworkOptions? Network() => Given.ToOptions(FileAt);

    /// <summary>The same where something is sent without a session; else it ends the cmdlet if anything was given.</summary>
    /// <param name="isUsed">Whether it is.</param>
    /// <param name="needed">The parameter without which it is not.</param>
    private protected NetworkOptions? NetworkWhere(bool isUsed, string needed)
    {
        if (!isUsed && Given.First is { } useless)
        {
            ThrowTerminatingError(ErrorRecords.BelongingNeeded(useless, needed));
        }

        return Network();
    }

    private NetworkParameters Given => new()
    {
        Proxy = Proxy,
        ProxyCredential = ProxyCredential,
        ProxyUseDefaultCredentials = ProxyUseDefaultCredentials,
        NoProxy = NoProxy,
        CertificateAuthority = CertificateAuthority,
    };
}
