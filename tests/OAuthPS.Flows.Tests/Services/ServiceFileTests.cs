using System.Text;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Services;

/// <summary>The services that come with the library: each is an ordinary provider file, and says where what it says is from.</summary>
public sealed partial class ServiceFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("OAuthPS-").FullName;

    public static TheoryData<string> Names => new(ServiceFiles.Names);

    private static string Folder { get; } = Path.Combine(ArchitectureTests.Root, "src/OAuthPS.Flows/Providers/Services");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void There_is_one_for_each_file_and_none_has_the_name_of_another_provider()
    {
        string[] names = [.. ServiceFiles.Names, .. BuiltInProviders.All.Select(provider => provider.Name)];

        Assert.Equal(Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.OrdinalIgnoreCase), ServiceFiles.Names);
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_user_can_take_its_file_for_a_provider_of_their_own(string name)
    {
        var provider = ProviderFile.Read(Path.Combine(Folder, name + ".json"));

        Assert.Equal(name, provider.Name);
        Assert.Equal(ProviderFile.ToJson(provider), ProviderFile.ToJson(ServiceFiles.Find(name.ToUpperInvariant())!));
        new ProviderCatalog(_folder).Register(provider with { Name = "Mine" }, replace: false);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_says_where_it_is_from_and_what_somebody_needs_who_starts(string name)
    {
        var provider = ServiceFiles.Find(name)!;

        Assert.True(provider is { Documentation: not null, DocumentationRead: not null, ClientRegistration.Length: > 20, Quirks.Count: > 0 });
        Assert.All(provider.Quirks, quirk => Assert.EndsWith(".", quirk.Text, StringComparison.Ordinal));
        Assert.All(provider.Quirks, quirk => Assert.Equal("https", quirk.Source.Scheme));
        Assert.All(Address().Matches(File.ReadAllText(Path.Combine(Folder, name + ".json"))), match => Assert.StartsWith("https://", match.Value, StringComparison.Ordinal));
        Assert.All(provider.Flows, flow => Assert.NotEmpty(FlowFacts.NeedsOf(flow, provider)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_deviation_from_the_specifications_has_a_quirk_that_states_it(string name)
    {
        var provider = ServiceFiles.Find(name)!;
        var quirks = string.Join('\n', provider.Quirks.Select(quirk => quirk.Text));
        (bool Deviates, string Word)[] deviations =
        [
            (!provider.SendsScope, "no scope"), (!provider.SupportsPkce, "code_verifier"), (provider.OfflineAccess is not null, provider.OfflineAccess?.Name ?? ""),
            (provider.RefreshTokens == RefreshTokenUse.OneTime, "once"), (provider.RefreshTokens == RefreshTokenUse.None, "no refresh token"),
            (provider.RefreshSendsScope, "repeats the scope"), (!provider.CodeExchangeSendsRedirectUri, "redirect_uri"),
            (provider.TokenParameters == ParameterPlacement.Json, "JSON"), (provider.ApiAuthorizationScheme is not null, provider.ApiAuthorizationScheme ?? ""),
            .. provider.Grants.Where(grant => grant.GrantType is not null).Select(grant => (true, grant.GrantType!)),
            .. provider.Grants.SelectMany(grant => grant.Parameters).Select(parameter => (true, parameter.Name)),
            .. provider.Grants.SelectMany(grant => grant.Needs).Select(parameter => (true, parameter.Name)),
            .. provider.ApiHeaders.Select(header => (true, header.Name)),
        ];

        Assert.All(deviations.Where(deviation => deviation.Deviates), deviation => Assert.Contains(deviation.Word, quirks, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_first_call_goes_where_its_token_may_go(string name)
    {
        var provider = ServiceFiles.Find(name)!;
        provider = ProviderVariables.Fill(provider, ProviderVariables.Examples(provider));
        var address = provider.ServiceUrl ?? new Uri(provider.Issuer ?? provider.ServiceUrlExample!);

        Assert.True(provider.FirstCall is null || provider.ApiUrls.Count == 0
            || provider.ApiUrls.Append("/").Any(url => SecureUrl.IsSameOrigin(OAuthProvider.At(address, url), OAuthProvider.At(address, provider.FirstCall))));
    }

    // A catalogue is asked for names at every Tab key: they come from the list of the assembly's resources.
    [Fact]
    public void A_name_is_listed_without_its_file()
    {
        var catalog = new ProviderCatalog(_folder);

        Assert.Equal(["Blynk", "JetBrainsSpace", "Spacebring", "SpatiaFi", .. ServiceFiles.Names], catalog.Names);
        Assert.Empty(catalog.RegisteredNames);
    }

    [Fact]
    public async Task A_registered_file_stands_in_its_place_and_a_warning_says_so()
    {
        var catalog = new ProviderCatalog(_folder);
        var mine = ProviderFile.Parse(Encoding.UTF8.GetBytes(
            """{"name":"github","tokenEndpoint":"https://ghe.example/token","flows":["ClientCredentials"],"clientAuthentications":["Basic"]}"""), out _)!;
        catalog.Register(mine, replace: false);
        using var wire = new Wire().Answers(Given.Token("token"));

        await wire.ConnectAsync(new ConnectRequest { Provider = catalog.Get("GitHub"), ServiceUrl = new Uri("https://ghe.example"), Client = Given.Client });

        Assert.StartsWith("POST https://ghe.example/token\n", wire.LastRequest, StringComparison.Ordinal);
        var warning = Assert.Single(wire.Log.WarningNotices);
        Assert.Equal((OAuthNoticeId.ServiceReplaced, "github"), (warning.Id, warning.Provider));
        Assert.Contains(Path.Combine(_folder, "github.json"), warning.Message, StringComparison.Ordinal);
        catalog.Unregister("GitHub");
        Assert.Equal("https://github.com/", catalog.Get("GitHub").ServiceUrl!.AbsoluteUri);
    }

    [Fact]
    public async Task A_refusal_says_where_and_when_what_was_sent_was_read()
    {
        using var wire = new Wire().Answers(Wire.Json("""{"error":"invalid_client"}""", "401 Unauthorized"));
        var request = new ConnectRequest { Provider = ServiceFiles.Find("CrowdStrike")!, Variables = new Dictionary<string, string> { ["Cloud"] = "us-1" }, Client = Given.Client };

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(request));

        Assert.EndsWith(
            " What is known here of CrowdStrike Falcon is from https://developer.crowdstrike.com/api-reference/collections/oauth2/, read on 2026-11-28.",
            refused.Message, StringComparison.Ordinal);
        refused.Advise("Do this.");
        Assert.StartsWith("Do this. What is known here of", refused.RecommendedAction, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[a-z]+://", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
