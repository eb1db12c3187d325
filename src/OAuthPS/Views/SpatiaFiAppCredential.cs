using System.Management.Automation;
using OAuthPS.Flows.Sessions;
using OAuthPS.Parameters;

namespace OAuthPS.Views;

/// <summary>An App Credential of SpatiaFi. Piped to <c>Connect-OAuthProvider SpatiaFi</c>, it connects.</summary>
public sealed class SpatiaFiAppCredential
{
    internal SpatiaFiAppCredential(AppCredential credential, Uri serviceUrl)
    {
        ClientId = credential.ClientId;
        UserId = credential.UserId;
        ClientCredential = credential.ClientSecret is { } secret ? new PSCredential(credential.ClientId, secret.ToSecureString()) : null;
        ServiceUrl = serviceUrl;
    }

    /// <summary>The client id.</summary>
    public string ClientId { get; }

    /// <summary>The user it belongs to.</summary>
    public string? UserId { get; }

    /// <summary>Client id and client secret; null in a list, because the secret is given once, when the credential is made.</summary>
    public PSCredential? ClientCredential { get; }

    /// <summary>Where it is valid.</summary>
    public Uri ServiceUrl { get; }

    /// <summary>The client id.</summary>
    public override string ToString() => ClientId;
}
