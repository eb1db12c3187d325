using System.Collections;
using System.Management.Automation;
using System.Xml;
using OAuthPS.Calls;
using OAuthPS.Flows.Api;
using OAuthPS.Parameters;
using OAuthPS.Values;

namespace OAuthPS.Commands;

/// <summary>Calls an API in the session.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "OAuthRestMethod")]
[OutputType(typeof(PSObject), typeof(XmlDocument), typeof(string), typeof(byte[]))]
public sealed partial class InvokeOAuthRestMethodCommand : NetworkCmdlet
{
    /// <summary>Where to: the whole address, or a path below the session's service URL.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNull]
    [UrlConversion]
    public Uri Uri { get; set; } = null!;

    /// <summary>The session, or its name; the current one when left out.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(SessionNameCompleter))]
    [SessionTransformation]
    [ValidateNotNull]
    public OAuthSessionReference? Session { get; set; }

    /// <summary>The method.</summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "MERGE")]
    public string? Method { get; set; }

    /// <summary>A method of the API's own.</summary>
    [Parameter]
    [Alias("CM")]
    [ValidateNotNullOrEmpty]
    public string? CustomMethod { get; set; }

    /// <summary>
    /// The body: text, bytes and the content of a file go as they are; a hashtable is the query of a GET, the fields of a form where
    /// <c>-ContentType</c> says so, and JSON otherwise, like any other object.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Body { get; set; }

    /// <summary>The media type of the body; the one that suits it when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>Headers besides the session's. A list is sent as one header, its items separated by commas.</summary>
    [Parameter]
    [Alias("Header")]
    [DictionaryConversion]
    public IDictionary? Headers { get; set; }

    /// <summary>Sends values of headers as they are, also where the header's own grammar would refuse them.</summary>
    [Parameter]
    public SwitchParameter SkipHeaderValidation { get; set; }

    /// <summary>The <c>User-Agent</c>; the module's own when left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserAgent { get; set; }

    /// <summary>The version of HTTP to ask with: 1.0, 1.1 (when left out), 2.0 or 3.0.</summary>
    [Parameter]
    [HttpVersionTransformation]
    [ValidateSet("1.0", "1.1", "2.0", "3.0")]
    public Version? HttpVersion { get; set; }

    /// <summary>Closes the connection after the response.</summary>
    [Parameter]
    public SwitchParameter DisableKeepAlive { get; set; }

    /// <summary>
    /// How long each request may take: a number of seconds or a TimeSpan. The session's when left out. Where a file goes up or down, it is
    /// the time until the response begins, and then for each pause.
    /// </summary>
    [Parameter]
    [Alias("TimeoutSec", "ConnectionTimeoutSeconds")]
    [TimeSpanTransformation]
    [ValidateTimeout]
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// How often the call is made again where the API fails for the moment: three times when left out, and then only where making it twice
    /// does no harm. A number asks for it whatever the method; 0 never.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? MaximumRetryCount { get; set; }

    /// <summary>Seconds to wait before each time, where the API does not say how long; about one, two and four when left out.</summary>
    [Parameter]
    [ValidateRange(1, 120)]
    public int? RetryIntervalSec { get; set; }

    /// <summary>How many redirects within the origin are followed at most. With 0 the redirect is the response.</summary>
    [Parameter]
    [ValidateRange(0, 50)]
    public int MaximumRedirection { get; set; } = 5;

    /// <summary>Follows a redirect with the call's method, also where the status asks for GET.</summary>
    [Parameter]
    public SwitchParameter PreserveHttpMethodOnRedirect { get; set; }

    /// <summary>Has no effect, as in Invoke-RestMethod: scripts have it.</summary>
    [Parameter(DontShow = true)]
    public SwitchParameter UseBasicParsing { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var session = RequireSession(Session);
        RefuseConflicts();
        ReadPages(OrThrow(CreateCall, session), session);
    }

    private ApiCall CreateCall()
    {
        var method = HttpMethodOf();
        var (address, content) = BodyOf(method);
        return new()
        {
            Uri = address,
            Method = method,
            Headers = RequestHeaderFields.Of(Headers, UserAgent),
            SkipHeaderValidation = SkipHeaderValidation,
            Content = content,
            Timeout = Timeout,
            HttpVersion = HttpVersion,
            DisableKeepAlive = DisableKeepAlive,
            MaximumRetryCount = MaximumRetryCount,
            RetryInterval = RetryIntervalSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaximumRedirection = MaximumRedirection,
            PreserveMethodOnRedirect = PreserveHttpMethodOnRedirect,
            SkipErrorCheck = SkipHttpErrorCheck,
            OutFile = OutFile is null ? null : FileFor(OutFile, Uri),
            Resume = Resume,
            Network = Network(),
        };
    }

    private HttpMethod HttpMethodOf() =>
        CustomMethod is null ? new HttpMethod((Method ?? "GET").ToUpperInvariant()) : ApiCall.MethodOf(CustomMethod);

    // A hashtable is the query of a request that has no body.
    private (Uri Address, ApiContent? Content) BodyOf(HttpMethod method)
    {
        var type = ContentType ?? RequestHeaderFields.ContentType(Headers);
        return Body.Bare() switch
        {
            null when Form is not null => (Uri, ApiContent.FromForm(FormFields.Parts(FormFields.RequireFlat(Form, this)))),
            null when InFile is not null => (Uri, RequestContent.OfFile(FileOnDiskAt(InFile), type)),
            null => (Uri, null),
            IDictionary fields when method == HttpMethod.Get || method == HttpMethod.Head =>
                (FormFields.AddTo(Uri, FormFields.RequireFlat(fields, this)), null),
            Stream stream => (Uri, Await((_, cancellationToken) =>
                ApiContent.FromStreamAsync(stream, type ?? ApiContent.OctetStream, cancellationToken))),
            _ => (Uri, RequestContent.Of(Body!, type, this, Timeout)),
        };
    }

    // Which of two was meant nobody knows.
    private void RefuseConflicts()
    {
        RefuseBoth(nameof(Method), nameof(CustomMethod));
        RefuseBoth(nameof(Body), nameof(Form));
        RefuseBoth(nameof(Body), nameof(InFile));
        RefuseBoth(nameof(Form), nameof(InFile));
        RefuseBoth(nameof(Form), nameof(ContentType));
        RefuseBoth(nameof(FollowRelLink), nameof(NextLink));
        RefuseBoth(nameof(FollowRelLink), nameof(OutFile));
        RefuseBoth(nameof(NextLink), nameof(OutFile));
        RequireWith(nameof(Resume), nameof(OutFile));
        RequireWith(nameof(PassThru), nameof(OutFile));
    }

    private void RefuseBoth(string one, string other)
    {
        if (IsGiven(one) && IsGiven(other))
        {
            ThrowTerminatingError(ErrorRecords.ParametersConflict(one, other));
        }
    }

    private void RequireWith(string one, string other)
    {
        if (IsGiven(one) && !IsGiven(other))
        {
            ThrowTerminatingError(ErrorRecords.BelongingNeeded(one, $"-{other}"));
        }
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.TryGetValue(parameter, out var value)
        && value is not (null or SwitchParameter { IsPresent: false });
}
