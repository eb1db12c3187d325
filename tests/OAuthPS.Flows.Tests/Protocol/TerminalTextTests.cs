using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>What a terminal obeys, or does not show, is refused in names, addresses and provider files, and escaped in messages.</summary>
public class TerminalTextTests
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20260105, 1);

    public static string[] Harmful { get; } =
        ["\0", "\u0007", "\u001b", "\u007f", "\u0085", "\u009b", "\u200b", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff"];

    private static Arbitrary<string> Texts { get; } = Gen.OneOf(
        Gen.Choose(0, 0xFFFF).Select(code => (char)code),
        Gen.Choose(0x20, 0x7E).Select(code => (char)code),
        Gen.Elements(Harmful.Select(one => one[0]).ToArray())).ArrayOf().Select(characters => new string(characters)).ToArbitrary();

    public static TheoryData<string> HarmfulTexts => [.. Harmful];

    [Fact]
    public void An_escaped_text_is_harmless_and_a_harmless_one_stays_as_it_is() => Prop.ForAll(Texts, text =>
    {
        Assert.True(TerminalText.IsHarmless(TerminalText.Escape(text)));
        Assert.Equal(TerminalText.IsHarmless(text), TerminalText.Escape(text) == text);
        Assert.DoesNotContain(TerminalText.EscapeLines(text), one => char.IsControl(one) && one is not ('\r' or '\n'));
    }).Check(_config);

    [Theory]
    [MemberData(nameof(HarmfulTexts))]
    public void It_is_refused_in_every_text_of_a_provider_file(string harmful)
    {
        var provider = new OAuthProvider
        {
            Name = "Acme",
            DisplayName = "Acme, a service",
            ServiceUrlExample = "https://you.acme.example",
            TokenEndpoint = "/token",
            Flows = [OAuthFlow.ClientCredentials],
            ClientAuthentications = [ClientAuthenticationMethod.Basic],
            ApiHeaders = [new("X-Tenant", "the tenant")],
            Quirks = [new("It is slow.", new Uri("https://acme.example/docs"))],
        };
        var json = JsonSerializer.Serialize(JsonDocument.Parse(ProviderFile.ToJson(provider)));
        Assert.NotNull(ProviderFile.Parse(System.Text.Encoding.UTF8.GetBytes(json), out _));
        var escaped = JsonSerializer.Serialize(harmful)[1..^1];
        foreach (var place in new[] { "Acme, a", "you.acme", "X-Tenant", "the tenant", "It is", "/token", "example/docs" })
        {
            var damaged = json.Replace(place, place + escaped, StringComparison.Ordinal);
            Assert.Null(ProviderFile.Parse(System.Text.Encoding.UTF8.GetBytes(damaged), out var flaw));
            Assert.True(TerminalText.IsHarmless(flaw!), flaw);
        }

        Assert.Null(ProviderFile.Parse(System.Text.Encoding.UTF8.GetBytes(json.Replace("example/docs", "example/%E2%80%AEdocs", StringComparison.Ordinal)), out _));
    }

    [Theory]
    [MemberData(nameof(HarmfulTexts))]
    public async Task It_is_refused_in_the_name_of_a_session_and_in_an_address_before_anything_is_sent(string harmful)
    {
        var wire = new Wire();

        var name = await Assert.ThrowsAsync<OAuthUsageException>(() => wire.ConnectAsync(Given.Blynk with { Name = $"north{harmful}south" }));
        var url = await Assert.ThrowsAsync<OAuthUsageException>(() => wire.ConnectAsync(Given.Blynk with { ServiceUrl = new Uri($"https://blynk.example/a{harmful}b") }));
        var encoded = await Assert.ThrowsAsync<OAuthUsageException>(() => wire.ConnectAsync(Given.Blynk with { ServiceUrl = new Uri("https://blynk.example/a%E2%80%AEb") }));

        Assert.Equal("InvalidSessionName", name.ErrorId);
        Assert.Equal("InvalidUrl", url.ErrorId);
        Assert.Equal("InvalidUrl", encoded.ErrorId);
        Assert.All(new[] { name, url, encoded }, failure => Assert.True(TerminalText.IsHarmless(failure.Message), failure.Message));
        Assert.Empty(wire.Requests);
    }

    [Theory]
    [MemberData(nameof(HarmfulTexts))]
    public async Task What_a_server_says_of_itself_brings_it_into_no_list_and_no_address(string harmful)
    {
        const string issuer = "https://login.example.com";
        static string Document(string scope, string path) => Wire.Json(
            $$"""{"issuer":"{{issuer}}","token_endpoint":{{JsonSerializer.Serialize($"{issuer}/{path}")}},"scopes_supported":["read",{{JsonSerializer.Serialize(scope)}},null]}""");

        var wire = new Wire().Answers(Document($"x{harmful}", "token"), Document("write", $"a{harmful}b"));

        var metadata = await Server.Discovery.Of(wire.Transport).GetAsync(issuer);
        Assert.Equal(["read"], metadata.ScopesSupported);
        var failure = await Assert.ThrowsAnyAsync<OAuthException>(() => Server.Discovery.Of(wire.Transport).GetAsync(issuer, refresh: true));
        Assert.True(TerminalText.IsHarmless(failure.Message), failure.Message);
    }

    [Theory]
    [MemberData(nameof(HarmfulTexts))]
    public void No_message_has_it_even_of_a_provider_that_no_file_made(string harmful)
    {
        var provider = new OAuthProvider
        {
            Name = $"a{harmful}b",
            ServiceUrlExample = $"https://{harmful}",
            TokenEndpoint = "/token",
            Flows = [OAuthFlow.ClientCredentials, OAuthFlow.Password],
            ApiHeaders = [new($"X{harmful}", $"y{harmful}")],
        };

        var failure = Assert.Throws<OAuthUsageException>(() => provider.AddressAt(null));
        Assert.True(TerminalText.IsHarmless(failure.Message + failure.WhatHappened + failure.RecommendedAction), failure.Message);
    }
}
