using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace OAuthPS.Emulator;

/// <summary>
/// A person of the demo accounts with a browser: opens the sign-in page, fills the form in, allows, and goes where the answer
/// sends them. For the tour, and for tests; as <c>$BROWSER</c> it signs in by itself.
/// </summary>
public static partial class DemoPerson
{
    /// <summary>Signs in at an address of the emulator.</summary>
    /// <returns>The address the browser ends at, with the answer in it.</returns>
    /// <exception cref="HttpRequestException">The sign-in page refused.</exception>
    public static async Task<Uri> SignInAsync(Uri url, string decision = "allow", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        using var opened = await browser.GetAsync(url, cancellationToken);
        if (opened.Headers.Location is { } refusal)
        {
            return refusal;
        }

        var page = await opened.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        var (userName, password) = AccountAt(url);
        var form = HiddenField().Matches(page)
            .Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value)))
            .Append(new("username", userName)).Append(new("password", password)).Append(new("decision", decision));
        using var content = new FormUrlEncodedContent(form);
        var action = new Uri(url, WebUtility.HtmlDecode(FormAction().Match(page).Groups[1].Value));
        using var answer = await browser.PostAsync(action, content, cancellationToken);
        return answer.Headers.Location
            ?? throw new HttpRequestException($"The sign-in page answered {(int)answer.StatusCode} and sent nobody on.");
    }

    /// <summary>Signs in and follows the redirect, as <c>$BROWSER</c> would: back to the program that listens.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> BrowseAsync(Uri url)
    {
        var redirect = await SignInAsync(url);
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var page = await browser.GetAsync(redirect);
        if (!page.IsSuccessStatusCode || redirect.Fragment.Length == 0)
        {
            return page.IsSuccessStatusCode ? 0 : 1;
        }

        // What the script of the page does: the fragment never reaches a server by itself.
        using var handOver = new HttpRequestMessage(HttpMethod.Post, redirect.GetLeftPart(UriPartial.Path))
        {
            Content = new StringContent(redirect.Fragment[1..], new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        handOver.Headers.Add("Origin", redirect.GetLeftPart(UriPartial.Authority));
        using var taken = await browser.SendAsync(handOver);
        return taken.IsSuccessStatusCode ? 0 : 1;
    }

    private static (string UserName, string Password) AccountAt(Uri url) => url.Segments.ElementAtOrDefault(1) switch
    {
        "space/" => (DemoAccounts.SpaceUserName, DemoAccounts.SpacePassword),
        "spacebring/" => (DemoAccounts.SpacebringUserName, DemoAccounts.SpacebringPassword),
        _ => (DemoAccounts.RehearsalUserName, DemoAccounts.RehearsalPassword),
    };

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();
}
