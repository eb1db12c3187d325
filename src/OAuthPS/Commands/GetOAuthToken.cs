using System.Management.Automation;
using OAuthPS.Parameters;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>A token that is valid now.</summary>
[Cmdlet(VerbsCommon.Get, "OAuthToken")]
[OutputType(typeof(OAuthToken), typeof(string))]
public sealed class GetOAuthTokenCommand : SessionCmdlet
{
    /// <summary>Gives the token as a string instead of an object; whatever prints it shows it.</summary>
    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>For how long at least it must be valid: a number of seconds or a TimeSpan.</summary>
    [Parameter]
    [TimeSpanTransformation]
    public TimeSpan MinimumLifetime { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        var token = OrThrow(
            () => Await((log, cancellationToken) => session.GetTokenAsync(MinimumLifetime, log, cancellationToken).AsTask()), session);
        WriteObject(AsPlainText ? token.Value.Reveal() : new OAuthToken(token, session));
    }
}
