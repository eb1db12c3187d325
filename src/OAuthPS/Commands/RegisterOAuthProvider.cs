using System.Management.Automation;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;
using OAuthPS.Parameters;

namespace OAuthPS.Commands;

/// <summary>Keeps a provider of the user's own, for this and later PowerShell sessions.</summary>
[Cmdlet(VerbsLifecycle.Register, "OAuthProvider", SupportsShouldProcess = true, DefaultParameterSetName = IssuerSet)]
[OutputType(typeof(OAuthProvider))]
public sealed class RegisterOAuthProviderCommand : NetworkCmdlet
{
    private const string IssuerSet = "Issuer";
    private const string EndpointSet = "Endpoint";
    private const string FileSet = "Path";

    /// <summary>The name scripts will use.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = IssuerSet)]
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = EndpointSet)]
    [Parameter(Position = 0, ParameterSetName = FileSet)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The issuer of a server that says by itself what it offers (RFC 8414, OpenID Connect Discovery 1.0).</summary>
    [Parameter(Mandatory = true, ParameterSetName = IssuerSet)]
    [ValidateNotNullOrEmpty]
    public string? Issuer { get; set; }

    /// <summary>The token endpoint.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EndpointSet)]
    [ValidateNotNull]
    [UrlConversion]
    public Uri? TokenEndpoint { get; set; }

    /// <summary>The authorization endpoint, for flows in which a person signs in with a browser.</summary>
    [Parameter(ParameterSetName = EndpointSet)]
    [UrlConversion]
    public Uri? AuthorizationEndpoint { get; set; }

    /// <summary>The device authorization endpoint.</summary>
    [Parameter(ParameterSetName = EndpointSet)]
    [UrlConversion]
    public Uri? DeviceAuthorizationEndpoint { get; set; }

    /// <summary>The revocation endpoint.</summary>
    [Parameter(ParameterSetName = EndpointSet)]
    [UrlConversion]
    public Uri? RevocationEndpoint { get; set; }

    /// <summary>The introspection endpoint.</summary>
    [Parameter(ParameterSetName = EndpointSet)]
    [UrlConversion]
    public Uri? IntrospectionEndpoint { get; set; }

    /// <summary>The UserInfo endpoint (OpenID Connect).</summary>
    [Parameter(ParameterSetName = EndpointSet)]
    [UrlConversion]
    public Uri? UserInfoEndpoint { get; set; }

    /// <summary>How a client may authenticate, the best first; a private key, HTTP Basic, the form body and none when left out.</summary>
    [Parameter(ParameterSetName = EndpointSet)]
    [ValidateNotNullOrEmpty]
    public ClientAuthenticationMethod[] ClientAuthentication { get; set; } =
        [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post,
            ClientAuthenticationMethod.None];

    /// <summary>A provider file; docs/provider-file.md has its format.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FileSet, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replaces a registered provider of that name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var provider = OrThrow(Describe, Name ?? ShownInput.Path(Path!));
        if (ShouldProcess(provider.Name, "Register the provider"))
        {
            WriteObject(OrThrow(
                () =>
                {
                    ProviderCatalog.User.Register(provider, Force);
                    return provider;
                },
                provider.Name));
        }
    }

    private OAuthProvider Describe()
    {
        var network = NetworkWhere(ParameterSetName == IssuerSet, "-Issuer");
        return ParameterSetName switch
        {
            IssuerSet => Discover(HttpTransport.Shared.For(network)),
            EndpointSet => FromEndpoints(),
            _ => FromFile(),
        };
    }

    // Asked now, so that a wrong issuer is found now; and again when connecting, so that what is kept never grows old.
    private OAuthProvider Discover(HttpTransport transport)
    {
        var provider = new OAuthProvider { Name = Name!, Issuer = Issuer, FindsClientAuthentication = true };
        var found = Await(
            (log, cancellationToken) =>
                ProviderDiscovery.CompleteAsync(provider, serviceUrl: null, transport, log, cancellationToken));
        return provider with { Flows = found.Flows, ClientAuthentications = found.ClientAuthentications, FollowsMetadata = true };
    }

    private OAuthProvider FromEndpoints()
    {
        List<OAuthFlow> flows = [OAuthFlow.ClientCredentials];
        if (AuthorizationEndpoint is not null)
        {
            flows.Add(OAuthFlow.AuthorizationCode);
        }

        if (DeviceAuthorizationEndpoint is not null)
        {
            flows.Add(OAuthFlow.DeviceCode);
        }

        return new OAuthProvider
        {
            Name = Name!,
            ServiceUrl = new Uri(TokenEndpoint is { IsAbsoluteUri: true, Scheme: "https" or "http" }
                ? TokenEndpoint.GetLeftPart(UriPartial.Authority)
                : "about:blank"),
            TokenEndpoint = TokenEndpoint!.OriginalString,
            AuthorizationEndpoint = AuthorizationEndpoint?.OriginalString,
            DeviceAuthorizationEndpoint = DeviceAuthorizationEndpoint?.OriginalString,
            RevocationEndpoint = RevocationEndpoint?.OriginalString,
            IntrospectionEndpoint = IntrospectionEndpoint?.OriginalString,
            UserInfoEndpoint = UserInfoEndpoint?.OriginalString,
            Flows = [.. flows, OAuthFlow.RefreshToken, OAuthFlow.Password],
            ClientAuthentications = ClientAuthentication,
            FindsClientAuthentication = !MyInvocation.BoundParameters.ContainsKey(nameof(ClientAuthentication)),
        };
    }

    private OAuthProvider FromFile()
    {
        var provider = ProviderFile.Read(FileAt(Path!));
        if (provider.Variables.FirstOrDefault(variable => VariableParameters.IsTaken(variable, typeof(ConnectOAuthProviderCommand))) is
            { } taken)
        {
            ThrowTerminatingError(ErrorRecords.VariableTaken(taken.Name));
        }

        return Name is null ? provider : provider with { Name = Name };
    }
}
