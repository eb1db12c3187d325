using System.Collections;
using System.Management.Automation;
using OAuthPS.Flows.Api;
using OAuthPS.Parameters;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <summary>Calls an API in the session.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "OAuthRestMethod")]
[OutputType(typeof(PSObject), typeof(string), typeof(byte[]))]
public sealed partial class InvokeOAuthRestMethodCommand : SessionCmdlet
{
    /// <summary>Where to: the whole address, or a path below the session's service URL.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNull]
    [UrlConversion]
    public Uri Uri { get; set; } = null!;

    /// <summary>The session, or its name; the current one when left out.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [ValidateNotNull]
    public override OAuthSessionReference? Session { get; set; }

    /// <summary>The method.</summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")]
    public string Method { get; set; } = "GET";

    /// <summary>The body: text, bytes and a file's content go as they are, anything else as JSON.</summary>
    [Parameter]
    public object? Body { get; set; }

    /// <summary>The media type of the body.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ContentType { get; set; } = "application/json; charset=utf-8";

    /// <summary>Headers besides the session's.</summary>
    [Parameter]
    [DictionaryConversion]
    public IDictionary? Headers { get; set; }

    /// <summary>How long each request may take: a number of seconds or a TimeSpan. The session's when left out.</summary>
    [Parameter]
    [TimeSpanTransformation]
    [ValidateTimeout]
    public TimeSpan? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession();
        var call = new ApiCall
        {
            Uri = Uri,
            Method = new HttpMethod(Method.ToUpperInvariant()),
            Headers = Dictionaries.ToText(Headers),
            Body = OrThrow(() => ApiBody.ToBytes(Body, this, Timeout), session),
            ContentType = ContentType,
            Timeout = Timeout,
            Network = OrThrow(Network, session),
        };
        var response = OrThrow(() => Await((log, cancellationToken) => session.SendAsync(call, log, cancellationToken)), session);
        foreach (var item in OrThrow(() => ApiBody.FromResponse(response, InvokeCommand), session))
        {
            WriteObject(item);
        }
    }
}
