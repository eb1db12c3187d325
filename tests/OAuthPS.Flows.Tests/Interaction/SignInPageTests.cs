namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>The page a person lands on.</summary>
public class SignInPageTests
{
    [Fact]
    public async Task It_is_sent_with_headers_that_let_it_load_nothing_and_stay_nowhere()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var (head, page) = Split(await run.AnswerWithCodeAsync());

        var nonce = page.Split("<style nonce=\"")[1].Split('"')[0];
        Assert.Equal($"""
            HTTP/1.1 200 OK
            Content-Type: text/html; charset=utf-8
            Content-Length: {System.Text.Encoding.UTF8.GetByteCount(page)}
            Cache-Control: no-store
            Content-Security-Policy: default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
            Referrer-Policy: no-referrer
            X-Content-Type-Options: nosniff
            Connection: close
            """, head.Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Contains("<h1 class=\"good\">Back to the program</h1>", page, StringComparison.Ordinal);
        Assert.Contains("The response of JetBrains Space has arrived.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_holds_neither_code_nor_state()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);
        var page = await run.AnswerWithCodeAsync();
        await run.EndAsync();

        Assert.DoesNotContain("the-code", page, StringComparison.Ordinal);
        Assert.DoesNotContain(run.State, page, StringComparison.Ordinal);
        Assert.DoesNotContain("token\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_shows_the_providers_words_and_no_markup_of_theirs()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var (head, page) = Split(await run.AnswerAsync($"error=access_denied&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22'&state={run.State}"));

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", head, StringComparison.Ordinal);
        Assert.Contains("access_denied: &lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        await run.FailsAsync<OAuthServerException>();
    }

    [Fact]
    public async Task A_providers_name_is_text_too()
    {
        var provider = SignInRun.Space.Provider with { DisplayName = "<b>Space</b>" };
        var run = await SignInRun.StartAsync(SignInRun.Space with { Provider = provider });

        Assert.Contains("&lt;b&gt;Space&lt;/b&gt;", await run.AnswerWithCodeAsync(), StringComparison.Ordinal);
        await run.EndAsync();
    }

    [Fact]
    public async Task A_refusal_that_repeats_code_and_state_shows_neither()
    {
        var run = await SignInRun.StartAsync(SignInRun.Space);

        var page = await run.AnswerAsync($"error=server_error&error_description=for+code+the-code+of+{run.State}&code=the-code&state={run.State}");

        NoSecret.In(page, "the-code", run.State);
        NoSecret.In(await run.FailsAsync<OAuthServerException>(), "the-code", run.State);
    }

    [Fact]
    public async Task Every_page_has_a_nonce_of_its_own()
    {
        var first = await SignInRun.StartAsync(SignInRun.Space);
        var second = await SignInRun.StartAsync(SignInRun.Space);

        Assert.NotEqual(Nonce(await first.AnswerWithCodeAsync()), Nonce(await second.AnswerWithCodeAsync()));
        await first.EndAsync();
        await second.EndAsync();
    }

    private static string Nonce(string response) => response.Split("'nonce-")[1].Split('\'')[0];

    private static (string Head, string Page) Split(string response) =>
        response.Split("\r\n\r\n", 2) is [var head, var page] ? (head, page) : throw new FormatException(response);
}
