using System.Management.Automation;
using OAuthPS.Flows.Vendors.SpatiaFi;
using OAuthPS.Values;

namespace OAuthPS.Views;

/// <summary>An App Credential of SpatiaFi as a list has it: without its secret.</summary>
public class SpatiaFiAppCredential
{
    internal SpatiaFiAppCredential(AppCredential credential, Uri serviceUrl)
    {
        ClientId = credential.ClientId;
        UserId = credential.UserId;
        ServiceUrl = serviceUrl;
    }

    /// <summary>The client id.</summary>
    public string ClientId { get; }

    /// <summary>The user it belongs to.</summary>
    public string? UserId { get; }

    /// <summary>Where it is valid.</summary>
    public Uri ServiceUrl { get; }

    /// <summary>The client id.</summary>
    public override string ToString() => ClientId;
}

/// <summary>An App Credential just made, with its secret. Piped to <c>Connect-OAuthProvider SpatiaFi</c>, it connects.</summary>
public sealed class SpatiaFiNewAppCredential : SpatiaFiAppCredential
{
    internal SpatiaFiNewAppCredential(AppCredential credential, Uri serviceUrl)
        : base(credential, serviceUrl) =>
            ClientCredential = new PSCredential(credential.ClientId, credential.ClientSecret!.ToSecureString());

    /// <summary>Client id and client secret. The provider gives the secret this once.</summary>
    public PSCredential ClientCredential { get; }
}
