using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OAuthPS.Emulator;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>A person signs in with a real browser and lands on the listener's page.</summary>
[Collection(OidcProviderTests.Name)]
public sealed class BrowserSignInTests(OidcProviderPeer peer, ChromiumBrowser chromium) : IClassFixture<ChromiumBrowser>
{
    [SkippableFact]
    public async Task A_code_arrives_and_leaves_nothing_behind_in_the_browser()
    {
        await using var emulator = await EmulatorServer.StartAsync();
        await using var person = await chromium.NewPersonAsync();
        var session = await OAuthConnection.ConnectAsync(Ask(emulator, OAuthFlow.AuthorizationCode, person, AllowAsync), person);
        Assert.Equal("Back to the program", await person.LandAsync());
        Assert.Equal("The response of JetBrains Space has arrived. You can close this page; the program does the rest.", await TextAsync(person));
        Assert.Equal(["GET document"], person.Requests);
        Assert.Empty(person.Complaints);
        await HoldsNothingOfAsync(person, Parameter(person.AnsweredAt, "code"));
        Assert.True(session.CanRefresh);
        await ReadProfileAsync(session);
    }

    // RFC 6749 section 3.1.2: a redirect URI may have a query of its own, and keeps it.
    [SkippableTheory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:0/back?from=space")]
    public async Task An_implicit_answer_arrives_and_leaves_nothing_behind_in_the_browser(string? redirectUri)
    {
        await using var emulator = await EmulatorServer.StartAsync();
        await using var person = await chromium.NewPersonAsync();
        var request = Ask(emulator, OAuthFlow.Implicit, person, AllowAsync);
        var session = await OAuthConnection.ConnectAsync(request with { SignIn = request.SignIn with { RedirectUri = redirectUri } }, person);
        Assert.Equal("Back to the program", await person.LandAsync());
        Assert.Equal("The response of JetBrains Space has arrived. You can close this page; the program does the rest.", await TextAsync(person));
        Assert.Equal(["GET document", "POST fetch"], person.Requests);
        Assert.Empty(person.Complaints);
        await HoldsNothingOfAsync(person, (await session.GetTokenAsync()).Value.Reveal());
        Assert.False(session.CanRefresh);
        await ReadProfileAsync(session);
    }

    [SkippableTheory]
    [InlineData("AuthorizationCode")]
    [InlineData("Implicit")]
    public async Task Denying_is_said_on_the_page_and_to_the_caller(string flow)
    {
        await using var emulator = await EmulatorServer.StartAsync();
        await using var person = await chromium.NewPersonAsync();
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(Ask(emulator, new(flow), person, page => page.ClickAsync("text=Deny")), person));
        Assert.Equal(("AccessDenied", "access_denied"), (refused.ErrorId, refused.Error));
        Assert.Equal("Not signed in", await person.LandAsync());
        Assert.Equal($"{refused.WhatHappened} You can close this page; the program says what to do next.", await TextAsync(person));
        Assert.All(person.Complaints, complaint => Assert.Contains("the server responded with a status of 400", complaint, StringComparison.Ordinal));
        Assert.DoesNotContain(await person.HistoryAsync(), address => address.Contains("access_denied", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_person_signs_in_at_oidc_provider()
    {
        await using var person = await chromium.NewPersonAsync();
        var request = peer.As("public") with
        {
            Flow = OAuthFlow.AuthorizationCode,
            Scope = ["openid", "offline_access"],
            AdditionalParameters = new Dictionary<string, string> { ["prompt"] = "consent" },
            SignIn = person.Options(async page =>
            {
                await page.FillAsync("[name=login]", "ada");
                await page.FillAsync("[name=password]", "anything");
                await page.ClickAsync("text=Sign-in >> nth=-1");
                await page.ClickAsync("text=Continue");
            }),
        };
        var session = await OAuthConnection.ConnectAsync(request, person);
        Assert.Equal("Back to the program", await person.LandAsync());
        Assert.Equal(["GET document"], person.Requests);
        Assert.Empty(person.Complaints);
        await HoldsNothingOfAsync(person, Parameter(person.AnsweredAt, "code"));
        await session.RenewAsync();
        var me = await session.SendAsync(new ApiCall { Uri = new Uri("/me", UriKind.Relative) });
        Assert.Equal("""{"sub":"ada"}""", System.Text.Encoding.UTF8.GetString(me.Body));
    }

    private static ConnectRequest Ask(EmulatorServer emulator, OAuthFlow flow, BrowserPerson person, Func<IPage, Task> signIn) => new()
    {
        Provider = BuiltInProviders.Get("JetBrainsSpace"),
        ServiceUrl = emulator.Space,
        Flow = flow,
        Client = new OAuthClient(DemoAccounts.SpaceClientId, new Secret(DemoAccounts.SpaceClientSecret)),
        Scope = ["**"],
        SignIn = person.Options(signIn),
    };

    private static async Task AllowAsync(IPage page)
    {
        await page.GetByLabel("User name").FillAsync(DemoAccounts.SpaceUserName);
        await page.GetByLabel("Password").FillAsync(DemoAccounts.SpacePassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
    }

    private static Task<string> TextAsync(BrowserPerson person) => person.Page.Locator("main p").InnerTextAsync();

    private static string Parameter(string address, string name) => Regex.Match(address, $"[?#&]{name}=([^&]+)").Groups[1].Value;

    private static async Task HoldsNothingOfAsync(BrowserPerson person, string secret)
    {
        Assert.True(secret.Length > 20);
        Assert.DoesNotContain(secret, person.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(await person.HistoryAsync(), address => address.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, await person.Page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task ReadProfileAsync(OAuthSession session)
    {
        var response = await session.SendAsync(new ApiCall { Uri = new Uri("/api/http/team-directory/profiles/me", UriKind.Relative) });
        Assert.Contains("\"username\":\"ada\"", System.Text.Encoding.UTF8.GetString(response.Body), StringComparison.Ordinal);
    }
}
