using System.Web;
using Microsoft.Playwright;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>A person with a real browser, and all that happened in it at the listener's address.</summary>
internal sealed class BrowserPerson : ISignInPrompt, IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _requests = [];
    private readonly List<string> _complaints = [];
    private Func<IPage, Task>? _signIn;
    private Task _signedIn = Task.CompletedTask;
    private string _listener = "";

    private BrowserPerson(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Request += (_, request) => NoteAt(request.Url, _requests, $"{request.Method} {request.ResourceType}");
        page.RequestFailed += (_, request) => NoteAt(request.Url, _complaints, $"{request.Failure} at {request.Url}");
        page.PageError += (_, error) => NoteAt(page.Url, _complaints, error);
        page.Console += (_, message) => NoteAt(page.Url, _complaints, $"{message.Type}: {message.Text}");
    }

    internal IPage Page { get; }

    /// <summary>The method and the kind of every request to the listener, in order.</summary>
    internal IReadOnlyList<string> Requests => _requests;

    /// <summary>What the listener's pages made the browser complain of: blocked styles, failed requests, script errors.</summary>
    internal IReadOnlyList<string> Complaints => _complaints;

    /// <summary>The address at which the response arrived at the listener, with the response.</summary>
    internal string AnsweredAt { get; private set; } = "";

    internal static async Task<BrowserPerson> StartAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>Options that open this browser and have the person do something there.</summary>
    internal SignInOptions Options(Func<IPage, Task> signIn)
    {
        _signIn = signIn;
        return new SignInOptions { OpenBrowser = OpenAsync, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Waits for the page on which the sign-in ends.</summary>
    /// <returns>Its heading.</returns>
    internal async Task<string> LandAsync()
    {
        await _signedIn;
        var heading = Page.Locator("h1.good, h1.bad");
        await heading.WaitForAsync();
        return await heading.InnerTextAsync();
    }

    /// <summary>The addresses behind the back button, the present one included.</summary>
    internal async Task<IReadOnlyList<string>> HistoryAsync()
    {
        var devtools = await _context.NewCDPSessionAsync(Page);
        var history = await devtools.SendAsync("Page.getNavigationHistory");
        return [.. history!.Value.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("url").GetString()!)];
    }

    public void Show(SignInInstruction instruction)
    {
    }

    public Task<string?> ReadAsync(string question, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public void ShowProgress(string activity, TimeSpan? timeLeft)
    {
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private Task<bool> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        _listener = HttpUtility.ParseQueryString(url.Query)["redirect_uri"]!.Split('?')[0];
        _signedIn = GoAsync(url);
        return Task.FromResult(true);
    }

    private async Task GoAsync(Uri url)
    {
        await Page.GotoAsync(url.AbsoluteUri);
        await _signIn!(Page);
    }

    private void NoteAt(string url, List<string> notes, string note)
    {
        if (_listener.Length > 0 && url.StartsWith(_listener, StringComparison.Ordinal))
        {
            notes.Add(note);
            AnsweredAt = AnsweredAt.Length > 0 ? AnsweredAt : url;
        }
    }
}
