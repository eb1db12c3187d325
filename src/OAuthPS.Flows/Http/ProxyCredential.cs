using System.Net;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>What a proxy wants to know of who uses it. The platform chooses the scheme: Negotiate, NTLM, Digest or Basic.</summary>
/// <param name="UserName">The user's name; <c>domain\name</c> where the proxy knows domains.</param>
/// <param name="Password">The password.</param>
public sealed record ProxyCredential(string UserName, Secret Password)
{
    /// <summary><c>***</c>, always.</summary>
    public override string ToString() => Secret.Mask;

    internal NetworkCredential ToNetworkCredential() => UserName.Split('\\', 2) is [var domain, var name]
        ? new NetworkCredential(name, Password.Reveal(), domain)
        : new NetworkCredential(UserName, Password.Reveal());
}
