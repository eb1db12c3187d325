using System.Management.Automation;
using OAuthPS.Parameters;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>The headers of an API call, for <c>Invoke-RestMethod -Headers</c>.</summary>
[Cmdlet(VerbsCommon.Get, "OAuthRequestHeader")]
[OutputType(typeof(OAuthRequestHeader))]
public sealed class GetOAuthRequestHeaderCommand : SessionCmdlet
{
    /// <summary>For how long at least the token must be valid: a number of seconds or a TimeSpan.</summary>
    [Parameter]
    [TimeSpanTransformation]
    public TimeSpan MinimumLifetime { get; set; }

    /// <summary>The method of the call; it counts where the session's token is bound to a key (DPoP).</summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")]
    public string Method { get; set; } = "GET";

    /// <summary>
    /// Where the call goes, whole or as a path below the session's service URL; needed where the session's token is bound to a key (DPoP).
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [UrlConversion]
    public Uri? Uri { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        var headers = OrThrow(
            () => Await(
                (log, cancellationToken) =>
                    session.GetRequestHeadersAsync(MinimumLifetime, new HttpMethod(Method.ToUpperInvariant()), Uri, log,
                        cancellationToken)),
            session);
        var result = new OAuthRequestHeader();
        foreach (var (name, value) in headers)
        {
            result[name] = value.Reveal();
        }

        WriteObject(result, enumerateCollection: false);
    }
}
