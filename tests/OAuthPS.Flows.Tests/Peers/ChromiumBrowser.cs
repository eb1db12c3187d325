using Microsoft.Playwright;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>The Chromium that is installed, without a window, driven by Playwright; no browser is ever downloaded.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // It must look for nothing beyond this machine: not for updates, and not for what a page of somebody else links.
    private static readonly string[] _arguments =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Find() is not { } program)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = _arguments, ChromiumSandbox = false });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A person with a browser of their own: no cookies, no history.</summary>
    internal async Task<BrowserPerson> NewPersonAsync(BrowserNewContextOptions? options = null)
    {
        Skip.If(_browser is null, "Chromium is not installed: 'apt-get install chromium' brings it on Debian and Ubuntu.");
        return await BrowserPerson.StartAsync(await _browser!.NewContextAsync(options));
    }

    private static string? Find() =>
        (from name in _names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         select Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
