using System.Net;
using System.Text.RegularExpressions;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>
/// A person who signs in on oidc-provider's own pages over HTTP and, for a flow without a browser, copies the address they end
/// at. It looks at no more than a person does: forms, buttons and the link that cancels.
/// </summary>
internal sealed partial class OidcPerson(bool cancels = false) : ISignInPrompt, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer(), UseProxy = false });
    /// <summary>The address the person was given; null before.</summary>
    internal Uri? Shown { get; private set; }

    /// <summary>The address the person ended at and copied; null before.</summary>
    internal Uri? Response { get; private set; }

    public void Show(SignInInstruction instruction) => Shown = instruction.Address;

    public async Task<string?> ReadAsync(string question, CancellationToken cancellationToken) =>
        (Response = await SignInAsync(Shown!, cancellationToken))?.OriginalString;

    public void ShowProgress(string activity, TimeSpan? timeLeft)
    {
    }

    /// <summary>Signs in as Ada and agrees to everything, or cancels at the first question.</summary>
    /// <returns>The address away from the provider to which the browser is sent; null where the way ends on a page of the provider.</returns>
    internal async Task<Uri?> SignInAsync(Uri start, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, start);
        var cancelled = false;
        while (true)
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var page = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.Headers.Location is { } location)
            {
                var next = new Uri(request.RequestUri!, location);
                if (next.Authority != start.Authority)
                {
                    return next;
                }

                request = new HttpRequestMessage(HttpMethod.Get, next);
            }
            else if (cancelled)
            {
                // What comes now asks for another code.
                return null;
            }
            else if (cancels && AbortLink().Match(page) is { Success: true } abort)
            {
                request = new HttpRequestMessage(HttpMethod.Get, new Uri(request.RequestUri!, WebUtility.HtmlDecode(abort.Groups[1].Value)));
            }
            else if (FormAction().Match(page) is { Success: true } form)
            {
                response.EnsureSuccessStatusCode();
                var fields = Field().Matches(page).Select(field => Attributes(field.Value)).Where(field => field.Name.Length > 0)
                    .Select(field => KeyValuePair.Create(field.Name, field.Name switch { "login" => "ada", "password" => "anything", _ => field.Value }));
                if (cancels && page.Contains("name=\"abort\"", StringComparison.Ordinal))
                {
                    fields = fields.Append(new("abort", "yes"));
                    cancelled = true;
                }

                request = new HttpRequestMessage(HttpMethod.Post, new Uri(request.RequestUri!, WebUtility.HtmlDecode(form.Groups[1].Value))) { Content = new FormUrlEncodedContent(fields) };
            }
            else
            {
                response.EnsureSuccessStatusCode();
                return null;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static (string Name, string Value) Attributes(string element)
    {
        var attributes = Attribute().Matches(element).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
        return (attributes.GetValueOrDefault("name", ""), attributes.GetValueOrDefault("value", ""));
    }

    [GeneratedRegex("<form[^>]* action=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Field();

    [GeneratedRegex("([a-z]+)=\"([^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex("<a href=\"([^\"]*/abort)\"")]
    private static partial Regex AbortLink();
}
