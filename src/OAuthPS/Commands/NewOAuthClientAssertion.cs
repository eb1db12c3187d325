using System.Collections;
using System.Management.Automation;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Parameters;
using OAuthPS.Values;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>A signed client assertion, for scripts that talk to a token endpoint by themselves.</summary>
[Cmdlet(VerbsCommon.New, "OAuthClientAssertion", DefaultParameterSetName = ClientSecretSet)]
[OutputType(typeof(OAuthClientAssertion), typeof(string))]
public sealed class NewOAuthClientAssertionCommand : ClientKeyCmdlet, IDynamicParameters
{
    private const string ClientSecretSet = "ClientCredential";

    private RuntimeDefinedParameterDictionary? _variables;

    /// <summary>Client id and client secret: <c>client_secret_jwt</c>, signed HS256.</summary>
    [Parameter(ParameterSetName = ClientSecretSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? ClientCredential { get; set; }

    /// <summary>
    /// The client's id, with its private key: <c>private_key_jwt</c>; the one that came with the key when left out.
    /// </summary>
    [Parameter(ParameterSetName = ClientKeySet)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Whom it is for; what the provider states when left out, else its token endpoint.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Audience { get; set; }

    /// <summary>The provider that it is for, and whose announcement chooses the algorithm.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Provider { get; set; }

    /// <summary>Where the provider is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ServiceUrlTransformation]
    public Uri? ServiceUrl { get; set; }

    /// <summary>The <c>typ</c> of its header; what the provider states when left out, else <c>JWT</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AssertionTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Type { get; set; }

    /// <summary>
    /// Puts the SHA-1 thumbprint of the key's certificate into the header too (<c>x5t</c>), as AD FS wants it; where the provider wants it
    /// when left out.
    /// </summary>
    [Parameter]
    public SwitchParameter Sha1Thumbprint { get; set; }

    /// <summary>For how long it is valid: a number of seconds or a TimeSpan; five minutes when left out.</summary>
    [Parameter]
    [TimeSpanTransformation]
    [ValidateTimeout]
    public TimeSpan Lifetime { get; set; } = SignedClientAssertion.DefaultLifetime;

    /// <summary>Claims besides those of every assertion; dates become seconds since 1970, as JWTs have them.</summary>
    [Parameter]
    [ValidateNotNull]
    [DictionaryConversion]
    public IDictionary? AdditionalClaim { get; set; }

    /// <summary>Gives the assertion as a string instead of an object; whatever prints it shows it.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>The parts of the provider's addresses that are the customer's own, such as <c>-Tenant</c>.</summary>
    public object? GetDynamicParameters() => _variables = VariableParameters.Of(Provider, GetType());

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Audience is null && Provider is null)
        {
            ThrowTerminatingError(ErrorRecords.AudienceNeeded());
        }

        var result = OrThrow(Sign, Provider ?? Audience);
        WriteObject(result);
    }

    private object Sign()
    {
        var network = NetworkWhere(Provider is not null, "-Provider");
        var client = ClientCredential?.ToClient() ?? ReadClientWithKey(ClientId);
        var provider = Provider is null ? null : Complete(
            ProviderVariables.Fill(ProviderCatalog.User.Get(Provider), VariableParameters.Values(_variables), ServiceUrl),
            HttpTransport.Shared.For(network));
        var assertion = SignedClientAssertion.Create(client, new SignedAssertionOptions
        {
            Provider = provider,
            ServiceUrl = provider?.Issuer is null ? ServiceUrl : null,
            Audience = Audience,
            Type = Type,
            SendsSha1Thumbprint = MyInvocation.BoundParameters.ContainsKey(nameof(Sha1Thumbprint)) ? Sha1Thumbprint.IsPresent : null,
            Lifetime = Lifetime,
            AdditionalClaims = Json.Claims(AdditionalClaim, this),
        });
        return AsPlainText ? assertion.Value.Reveal() : new OAuthClientAssertion(assertion, client.Id);
    }

    private OAuthProvider Complete(OAuthProvider provider, HttpTransport transport) =>
        Await(
            (log, cancellationToken) =>
                ProviderDiscovery.CompleteAsync(provider, ServiceUrl, transport, log, cancellationToken));
}
