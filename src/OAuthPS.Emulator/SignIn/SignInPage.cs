using System.Text.Encodings.Web;

namespace OAuthPS.Emulator;

/// <summary>The page on which a user signs in and allows or denies. Every value in it is encoded.</summary>
internal static class SignInPage
{
    /// <param name="providerName">Whose page it is.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="requestId">What the form is known by.</param>
    /// <param name="failedUserName">The user name of an attempt that failed; null at first.</param>
    public static Answer Ask(string providerName, AuthorizationRequest request, string action, string requestId, string? failedUserName)
    {
        var failed = failedUserName is not null;
        var tokens = request.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var scopes = string.Concat(tokens.Select(scope => $"<li><code>{Encode(scope)}</code></li>"));
        var access = scopes.Length > 0 ? $"<ul aria-label=\"Scope\">{scopes}</ul>" : "<p>No particular scope.</p>";
        return Answer.Html(200, Page($"Sign in to {providerName}", $"""
            <h1>Sign in to {Encode(providerName)}</h1>
            <p><strong>{Encode(request.ClientId)}</strong> asks for access to:</p>
            {access}
            <p class="small">The answer goes to {Encode(Origin(request.RedirectUri))}</p>
            {(failed ? "<p role=\"alert\" id=\"problem\">User name or password is wrong.</p>" : "")}
            <form method="post" action="{Encode(action)}">
            <input type="hidden" name="request_id" value="{Encode(requestId)}">
            <label for="username">User name</label>
            <input id="username" name="username" value="{Encode(failedUserName ?? "")}" autocomplete="username"
             autocapitalize="none" spellcheck="false"{(failed ? "" : " autofocus")}>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password"
             {(failed ? "aria-invalid=\"true\" aria-describedby=\"problem\" autofocus" : "")}>
            <div class="buttons">
            <button type="submit" name="decision" value="allow">Allow</button>
            <button type="submit" name="decision" value="deny" class="quiet">Deny</button>
            </div>
            </form>
            """));
    }

    /// <summary>Says what is wrong where the user agent must not be sent anywhere.</summary>
    public static Answer Problem(string providerName, string problem)
        => Answer.Html(400, Page("Request refused", $"""
            <h1>Request refused by {Encode(providerName)}</h1>
            <p role="alert">{Encode(problem)}</p>
            """));

    /// <summary>Tells a person something.</summary>
    public static Answer Note(string providerName, string text)
        => Answer.Html(200, Page(providerName, $"""
            <h1>{Encode(providerName)}</h1>
            <p>{Encode(text)}</p>
            """));

    private static string Origin(string redirectUri) => new Uri(redirectUri).GetLeftPart(UriPartial.Authority);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string Page(string title, string main) => $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{Encode(title)}} - OAuthPS emulator</title>
        <style>
        :root {
          color-scheme: light dark;
          --ink: #1d2330; --paper: #f3f5f9; --card: #fff; --line: #767f91; --accent: #1f5fbf; --on-accent: #fff; --alert: #b3261e;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e8ebf2; --paper: #12151c; --card: #1c212c; --line: #8b94a7; --accent: #8ab4ff; --on-accent: #0c1a33; --alert: #ffb4ab;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
          background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
        }
        main {
          width: 100%; max-width: 26rem; padding: 2rem;
          background: var(--card); border-radius: .75rem; box-shadow: 0 .25rem 1.5rem #0002; overflow-wrap: anywhere;
        }
        h1 { margin: 0 0 1rem; font-size: 1.4rem; line-height: 1.25; }
        .small, footer { font-size: .875rem; }
        label { display: block; margin: 1rem 0 .35rem; font-weight: 600; }
        footer p { margin: 1.5rem 0 0; }
        input {
          width: 100%; padding: .6rem .7rem;
          border: 1px solid var(--line); border-radius: .4rem; background: transparent; color: inherit; font: inherit;
        }
        [aria-invalid] { border-color: var(--alert); }
        [role=alert] { color: var(--alert); font-weight: 600; }
        .buttons { display: flex; gap: .75rem; margin-top: 1.5rem; }
        button {
          flex: 1; padding: .65rem;
          border: 1px solid var(--accent); border-radius: .4rem; background: var(--accent); color: var(--on-accent);
          font: inherit; font-weight: 600; cursor: pointer;
        }
        .quiet { background: transparent; color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        </style>
        </head>
        <body>
        <main>
        {{main}}
        <footer><p>An emulator on this machine, with demo accounts. It is not the provider.</p></footer>
        </main>
        </body>
        </html>
        """;
}
