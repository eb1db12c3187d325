using System.Net;
using System.Security.Cryptography;

namespace OAuthPS.Flows.SignIn;

/// <summary>The small page a browser lands on. It holds no token, loads nothing, and runs no script but its own.</summary>
internal sealed class SignInPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --paper: #f6f7f9; --card: #fff; --line: #d9dde3; }
        :root { --good: #1a7f4b; --bad: #b42318; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e6e9ee; --paper: #14171b; --card: #1d2127; --line: #333a43; --good: #4cc38a; --bad: #ff8b7e; }
        }
        body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); }
        body { font: 16px/1.5 system-ui, sans-serif; }
        main { box-sizing: border-box; width: calc(100% - 2rem); max-width: 30rem; margin: 1rem; padding: 2rem; }
        main { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
        h1 { margin: 0 0 .5rem; font-size: 1.25rem; } p { margin: .25rem 0; overflow-wrap: anywhere; }
        .good { color: var(--good); } .bad { color: var(--bad); }
        """;

    // A response is of no use to whoever reads the history later; one that was refused may hold a code that is still good.
    private const string ForgetScript = "history.replaceState(null, '', location.pathname);";

    // The fragment never reaches a server (RFC 6749 section 4.2.2), so the page hands it over itself; and it takes it out of the
    // address bar and the history first. Of the page that comes back it takes the text: the style of that one has another nonce.
    private const string FragmentScript = $$"""
        const response = location.hash.slice(1);
        {{ForgetScript}}
        const main = document.querySelector('main');
        fetch(location.pathname, { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: response })
          .then(reply => reply.text())
          .then(page => {
            const parsed = new DOMParser().parseFromString(page.slice(page.indexOf('<main')), 'text/html');
            main.replaceChildren(...parsed.querySelector('main').childNodes);
            document.title = main.querySelector('h1').textContent;
          })
          .catch(() => { main.querySelector('p').textContent = 'Nobody waits for it any more. Start the sign-in again.'; });
        """;

    private readonly string _nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    private SignInPage(string title, string cssClass, string text, string script)
    {
        Html = $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(title)}</title>
            <link rel="icon" href="data:,"><style nonce="{_nonce}">{Style}</style></head>
            <body><main aria-live="polite"><h1 class="{cssClass}">{Encode(title)}</h1><p>{Encode(text)}</p></main>
            <script nonce="{_nonce}">{script}</script></body>
            </html>
            """;
    }

    internal string Html { get; }

    internal string ContentSecurityPolicy =>
        $"default-src 'none'; style-src 'nonce-{_nonce}'; script-src 'nonce-{_nonce}'; connect-src 'self'; img-src data:; base-uri "
            + $"'none'; form-action 'none'; frame-ancestors 'none'";

    internal static SignInPage Success(string provider, string program) =>
        new(
            $"Back to {program}",
            "good",
            $"The response of {provider} has arrived. You can close this page; {program} does the rest.",
            ForgetScript);

    internal static SignInPage Failure(string whatHappened, string program) =>
        new("Not signed in", "bad", $"{whatHappened} You can close this page; {program} says what to do next.", ForgetScript);

    /// <summary>For a response that ends nothing, since anybody may have sent it.</summary>
    internal static SignInPage NotAccepted(string whatIsWrong, string program) =>
        new(
            "Not accepted",
            "bad",
            $"This response is not the one that {program} waits for. {whatIsWrong} Go on with the newest page of the sign-in, or "
                + $"start again.",
            ForgetScript);

    /// <summary>The page that posts its own fragment back.</summary>
    internal static SignInPage Fragment(string program) =>
        new("One moment", "", $"The response is being handed to {program}.", FragmentScript);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
