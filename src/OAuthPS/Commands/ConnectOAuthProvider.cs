using System.Collections;
using System.Management.Automation;
using System.Security;
using OAuthPS.Advice;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Sessions;
using OAuthPS.Parameters;
using OAuthPS.Values;
using OAuthPS.Vaults;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>Runs a flow and makes its session the current one.</summary>
[Cmdlet(VerbsCommunications.Connect, "OAuthProvider", SupportsShouldProcess = true, DefaultParameterSetName = ClientSecretSet)]
[OutputType(typeof(OAuthSession))]
public sealed partial class ConnectOAuthProviderCommand : ClientKeyCmdlet, IDynamicParameters
{
    private const string ClientSecretSet = "ClientCredential";
    private const string PublicClientSet = "ClientId";
    private const string VendorCredentialSet = "VendorCredential";

    private RuntimeDefinedParameterDictionary? _variables;

    /// <summary>The provider: its name, or what <c>Get-OAuthProvider</c> gives.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    [ProviderName]
    [ValidateNotNullOrEmpty]
    public string Provider { get; set; } = "";

    /// <summary>The name of the session; the provider's when left out. A session of that name is replaced once this one stands.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The flow; the provider's best for what is given when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FlowCompleter))]
    [FlowName]
    public string? Flow { get; set; }

    /// <summary>Client id and client secret.</summary>
    [Parameter(ParameterSetName = ClientSecretSet, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? ClientCredential { get; set; }

    /// <summary>The id of a client without a secret, or with a private key; the one that came with the key when left out.</summary>
    [Parameter(ParameterSetName = PublicClientSet, Mandatory = true)]
    [Parameter(ParameterSetName = ClientKeySet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>
    /// Takes the client from where the provider's own client keeps it. When left out, that is done where no credential is given, and at
    /// the provider's own address alone; <c>-UseVendorCredential:$false</c> never does it.
    /// </summary>
    [Parameter(ParameterSetName = VendorCredentialSet, Mandatory = true)]
    public SwitchParameter UseVendorCredential { get; set; }

    /// <summary>The user's name and password.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A refresh token.</summary>
    [Parameter]
    [SecureStringConversion]
    public SecureString? RefreshToken { get; set; }

    /// <summary>The scope to ask for, one token each.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Scope { get; set; } = [];

    /// <summary>Where the provider is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ServiceUrlCompleter))]
    [ServiceUrlTransformation]
    public Uri? ServiceUrl { get; set; }

    /// <summary>How the client authenticates; the provider's best for what is given when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClientAuthenticationCompleter))]
    [EnumName(typeof(ClientAuthenticationMethod))]
    public string? ClientAuthentication { get; set; }

    /// <summary>The redirect URI as it is registered at the provider, byte for byte; a free port on 127.0.0.1 when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RedirectUri { get; set; }

    /// <summary>Prints the address to sign in at and asks for the response, instead of opening a browser.</summary>
    [Parameter]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>
    /// The name of a SecretManagement vault that keeps the session; its renewals are written there before they are given out.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(VaultNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>
    /// Headers that go with every API call; to the authorization server go those that the provider names, and a User-Agent.
    /// </summary>
    [Parameter]
    [Alias("Headers")]
    [ArgumentCompleter(typeof(HeaderCompleter))]
    [DictionaryConversion]
    public IDictionary? Header { get; set; }

    /// <summary>
    /// How long to wait for a response: a number of seconds or a TimeSpan. 100 seconds for a request, and five minutes for a
    /// person to sign in, when left out.
    /// </summary>
    [Parameter]
    [Alias("TimeoutSec")]
    [TimeSpanTransformation]
    [ValidateTimeout]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Parameters to send besides those of the flow.</summary>
    [Parameter]
    [DictionaryConversion]
    public IDictionary? AdditionalParameter { get; set; }

    /// <summary>The parts of the provider's addresses that are the customer's own, such as <c>-Tenant</c>.</summary>
    public object? GetDynamicParameters() => _variables = VariableParameters.Of(Provider, GetType());

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = OrThrow(Connect, Provider);
        if (session is null)
        {
            return;
        }

        Sessions.Add(session);
        if (Vault is not null)
        {
            // The session stands whatever the vault says: what it cost to sign in is not thrown away.
            if (!OrReport(
                () => Await((_, cancellationToken) => session.SaveAsync(new SecretManagementVault(Vault), cancellationToken)), session))
            {
                WriteWarning(
                    $"The session '{session.Name}' is open, but not in a vault. Save-OAuthSession -Vault puts it there when the vault "
                        + $"can be used.");
            }
        }

        WriteObject(SessionView.Of(session));
    }

    private OAuthSession? Connect()
    {
        var request = CreateRequest();
        var target = $"{request.Provider.Name} at {Show(request.ServiceUrl ?? request.Provider.ServiceUrl ?? Issuer(request.Provider))}";
        var action = $"Connect as the session '{request.Name ?? request.Provider.Name}'";
        if (WantsWhatIf())
        {
            action += $" ({PreviewText.Of(Await((_, _) => ConnectPreview.DescribeAsync(request)))})";
        }

        return ShouldProcess(target, action)
            ? Await(
                (log, cancellationToken) =>
                    OAuthConnection.ConnectAsync(request, new ConsolePrompt(this, OnPipelineThread), log: log,
                        cancellationToken: cancellationToken))
            : null;
    }

    // Said before the address is checked: it may be none, and it may have a password in it.
    private static string Show(Uri? url) => url is { IsAbsoluteUri: true, Scheme: "https" or "http" }
        ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : "its address";

    private static Uri? Issuer(OAuthProvider provider) => Uri.TryCreate(provider.Issuer, UriKind.Absolute, out var url) ? url : null;

    private ConnectRequest CreateRequest() =>
        CreateRequest(ProviderCatalog.User.Get(Provider), VariableParameters.Values(_variables));

    private ConnectRequest CreateRequest(OAuthProvider provider, IReadOnlyDictionary<string, string> variables) => new()
    {
        Provider = ProviderVariables.Fill(provider, variables, ServiceUrl),
        Variables = variables,
        Name = Name,
        Flow = Flow is null ? null : new OAuthFlow(Flow),

        // A provider from the pipeline brings its own address along, which says nothing that it does not say itself.
        ServiceUrl = MyInvocation.ExpectingInput && ServiceUrl == provider.ServiceUrl ? null : ServiceUrl,
        Client = Client(),
        VendorCredential = ParameterSetName != VendorCredentialSet ? VendorCredentialUse.WhenNothingElse
            : UseVendorCredential ? VendorCredentialUse.Required
            : VendorCredentialUse.Never,
        ClientAuthentication = EnumNameAttribute.Parse<ClientAuthenticationMethod>(ClientAuthentication),
        Inputs = Inputs(),
        Scope = Scope,
        Resource = Resource,
        ApiUrls = ApiUrl,
        Audience = SubjectToken is null ? Audience : [],
        AuthorizationDetails = AuthorizationDetail is null ? null : Json.Array(AuthorizationDetail, this),
        DPoP = DPoP,
        Headers = Dictionaries.ToText(Header),
        AdditionalParameters = Dictionaries.ToText(AdditionalParameter),
        Network = Network(),
        Timeout = Timeout ?? HttpTransport.DefaultTimeout,
        SignIn = SignInOptions(),
    };
}
