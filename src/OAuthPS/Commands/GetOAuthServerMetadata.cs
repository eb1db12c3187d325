using System.Management.Automation;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Server;

namespace OAuthPS.Commands;

/// <summary>What an authorization server says of itself.</summary>
[Cmdlet(VerbsCommon.Get, "OAuthServerMetadata")]
[OutputType(typeof(ServerMetadata))]
public sealed class GetOAuthServerMetadataCommand : NetworkCmdlet
{
    /// <summary>The issuer, exactly as the server names itself.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Issuer { get; set; } = [];

    /// <summary>Asks the server again; its response is otherwise kept, for a day at most.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var discovery = OrThrow(() => Discovery.Of(HttpTransport.Shared.For(Network())), target: null);
        foreach (var issuer in Issuer)
        {
            // No target: what was given for an issuer may have a password in it.
            OrReport(
                () => WriteObject(Await((log, cancellationToken) => discovery.GetAsync(issuer, Force, log, cancellationToken))),
                target: null);
        }
    }
}
