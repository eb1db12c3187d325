using System.Collections;
using System.Management.Automation;
using System.Net;
using OAuthPS.Calls;
using OAuthPS.Flows;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Sessions;
using OAuthPS.Views;

namespace OAuthPS.Commands;

/// <content>What comes back: pages, headers, the status.</content>
public sealed partial class InvokeOAuthRestMethodCommand
{
    /// <summary>Goes on with the page that the <c>Link</c> header names as the next (RFC 8288).</summary>
    [Parameter]
    [Alias("FL")]
    public SwitchParameter FollowRelLink { get; set; }

    /// <summary>
    /// Goes on with the page that the body names: a path of properties with the address (<c>@odata.nextLink</c>), a hashtable with a
    /// parameter of the query and the path of its value (<c>@{ cursor = 'meta.next' }</c>), or a script that gets the page as <c>$_</c> and
    /// its first argument and the response's headers as its second, and gives an address, or a hashtable of parameters.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? NextLink { get; set; }

    /// <summary>How many pages are read at most.</summary>
    [Parameter]
    [Alias("ML")]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumFollowRelLink { get; set; } = int.MaxValue;

    /// <summary>The name of a variable for the response's headers.</summary>
    [Parameter]
    [Alias("RHV")]
    [ValidateNotNullOrEmpty]
    public string? ResponseHeadersVariable { get; set; }

    /// <summary>The name of a variable for the response's status, a number.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatusCodeVariable { get; set; }

    /// <summary>Takes a refusal of the API for a response like any other, and no error.</summary>
    [Parameter]
    public SwitchParameter SkipHttpErrorCheck { get; set; }

    private ApiResponse Send(OAuthSession session, ApiCall call)
    {
        try
        {
            var response = Await((log, cancellationToken) => session.SendAsync(call, log, cancellationToken));
            SetVariables(response.StatusCode, response.Headers);
            return response;
        }
        catch (OAuthServerException refused)
        {
            SetVariables((HttpStatusCode)refused.StatusCode, refused.Headers);
            throw;
        }
    }

    // Each page is given as it arrives; whoever has enough of them stops the pipeline.
    private void ReadPages(ApiCall call, OAuthSession session)
    {
        var first = call.Uri;
        var seen = new HashSet<string>(StringComparer.Ordinal) { first.OriginalString };
        for (var page = call; ;)
        {
            var response = OrThrow(() => Send(session, page), session);
            if (OutFile is not null && !PassThru)
            {
                return;
            }

            var items = OrThrow(() => ApiBody.FromResponse(response.WithFile()), session);
            foreach (var item in items)
            {
                WriteObject(item);
            }

            if (seen.Count >= MaximumFollowRelLink || Next(first, response, items) is not { } next)
            {
                return;
            }

            page = seen.Add(next.OriginalString)
                ? call with { Uri = next, IsLink = true }
                : throw Refuse(ErrorRecords.PagesRepeat(seen.Count));
        }
    }

    private Uri? Next(Uri first, ApiResponse response, IReadOnlyList<object?> items)
    {
        object? next = FollowRelLink ? NextPage.InLinks(response) : null;
        if (NextLink is not null && !NextPage.TryFind(NextLink, items, response, out next))
        {
            throw Refuse(ErrorRecords.NextPageInvalid(nameof(NextLink)));
        }

        return next switch
        {
            null => null,
            IDictionary parameters => NextPage.With(first, parameters),
            string text when Uri.TryCreate(response.Uri, text, out var address) => address,
            _ => throw Refuse(ErrorRecords.NextPageInvalid(FollowRelLink ? nameof(FollowRelLink) : nameof(NextLink))),
        };
    }

    private void SetVariables(HttpStatusCode status, IReadOnlyDictionary<string, IReadOnlyList<string>> headers)
    {
        if (StatusCodeVariable is not null)
        {
            SessionState.PSVariable.Set(StatusCodeVariable, (int)status);
        }

        if (ResponseHeadersVariable is not null)
        {
            SessionState.PSVariable.Set(ResponseHeadersVariable, headers.ToDictionary(
                header => header.Key, header => (IEnumerable<string>)header.Value.ToArray(), StringComparer.OrdinalIgnoreCase));
        }
    }
}
