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
public sealed class NewOAuthClientAssertionCommand : ClientKeyCmdlet
{
    private const string ClientSecretSet = "ClientCredential";

    /// <summary>Client id and client secret: <c>client_secret_jwt</c>, signed HS256.</summary>
    [Parameter(ParameterSetName = ClientSecretSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Credential]
    public PSCredential? ClientCredential { get; set; }

    /// <summary>The client's id, with its private key: <c>private_key_jwt</c>.</summary>
    [Parameter(ParameterSetName = ClientKeySet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Whom it is for; the token endpoint of the provider when left out.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Audience { get; set; }

    /// <summary>The provider whose token endpoint it is for, and whose announcement chooses the algorithm.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Provider { get; set; }

    /// <summary>Where the provider is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ServiceUrlTransformation]
    public Uri? ServiceUrl { get; set; }

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
        var client = ClientCredential?.ToClient() ?? new OAuthClient(ClientId!, key: ReadClientKey());
        var provider = Provider is null ? null : Complete(ProviderCatalog.User.Get(Provider));
        var audience = Audience ?? provider!.TokenEndpointAt(provider.Issuer is null ? ServiceUrl : null).OriginalString;
        var assertion = SignedClientAssertion.Create(client, audience, Lifetime, Json.Claims(AdditionalClaim, this), provider);
        return AsPlainText ? assertion.Value.Reveal() : new OAuthClientAssertion(assertion, client.Id, audience);
    }

    private OAuthProvider Complete(OAuthProvider provider) =>
        Await(
            (log, cancellationToken) =>
                ProviderDiscovery.CompleteAsync(provider, ServiceUrl, HttpTransport.Shared, log, cancellationToken));
}
