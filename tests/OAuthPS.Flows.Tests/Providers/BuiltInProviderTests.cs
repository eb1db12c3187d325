using OAuthPS.Flows.Http;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Providers;

public class BuiltInProviderTests
{
    public static TheoryData<string> Names => new(BuiltInProviders.All.Select(provider => provider.Name));

    [Fact]
    public void The_four_documented_providers_are_there_in_the_order_of_their_names() =>
        Assert.Equal(["Blynk", "JetBrainsSpace", "Spacebring", "SpatiaFi"], BuiltInProviders.All.Select(provider => provider.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_quirk_is_a_sentence_with_a_link_to_the_vendors_own_documentation(string name)
    {
        var provider = BuiltInProviders.Get(name);

        Assert.NotEmpty(provider.Quirks);
        Assert.All(provider.Quirks, quirk =>
        {
            Assert.EndsWith(".", quirk.Text, StringComparison.Ordinal);
            Assert.Equal("https", quirk.Source.Scheme);
            Assert.Equal(Domain(provider.Documentation!), Domain(quirk.Source));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_deviation_from_the_specifications_has_a_quirk_that_states_it(string name)
    {
        var provider = BuiltInProviders.Get(name);
        var quirks = string.Join('\n', provider.Quirks.Select(quirk => quirk.Text));
        void Stated(bool deviates, string word)
        {
            if (deviates)
                Assert.Contains(word, quirks, StringComparison.OrdinalIgnoreCase);
        }

        Stated(provider.Basic is not null, "HTTP Basic");
        Stated(provider.TokenParameters == ParameterPlacement.Query, "query string");
        Stated(provider.RevocationParameters == ParameterPlacement.Query, "query string");
        Stated(provider.ClientAuthentications.Contains(ClientAuthenticationMethod.Query), "less secure");
        Stated(!provider.SendsScope, "scope");
        Stated(provider.RefreshSendsScope, "repeats the scope");
        Stated(!provider.PasswordNeedsClient, "no client");
        Stated(!provider.CodeExchangeSendsRedirectUri, "redirect_uri");
        Stated(!provider.SupportsPkce, "code_verifier");
        Stated(provider.OfflineAccess is not null, provider.OfflineAccess?.Name ?? "");
        Stated(provider.RefreshTokens == RefreshTokenUse.OneTime, "once");
        Stated(provider.RefreshTokens == RefreshTokenUse.None, "no refresh token");
        Stated(provider.ServiceUrl is null, "of its own");
        foreach (var header in provider.ApiHeaders)
            Stated(true, header.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_endpoint_is_a_path_and_every_address_HTTPS(string name)
    {
        var provider = BuiltInProviders.Get(name);

        Assert.Equal("https", (provider.ServiceUrl ?? new Uri(provider.ServiceUrlExample!)).Scheme);
        foreach (var path in new[] { provider.TokenEndpoint, provider.AuthorizationEndpoint, provider.RevocationEndpoint, provider.AppCredentialsEndpoint, provider.Basic?.TokenEndpoint })
            Assert.True(path is null || (path.StartsWith('/') && !path.Contains('?', StringComparison.Ordinal)), path);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_flow_says_what_it_needs(string name)
    {
        var provider = BuiltInProviders.Get(name);
        Assert.All(provider.Flows, flow => Assert.NotEmpty(FlowFacts.NeedsOf(flow, provider)));
    }

    [Fact]
    public void A_name_is_found_whatever_its_case() => Assert.Equal("SpatiaFi", BuiltInProviders.Get("spatiafi").Name);

    [Theory]
    [InlineData("Spotify")]
    [InlineData("")]
    [InlineData("evil\u001b[31m\nname")]
    public void An_unknown_name_is_an_error_that_names_the_known_ones(string name)
    {
        var error = Assert.Throws<OAuthUsageException>(() => BuiltInProviders.Get(name));

        Assert.Equal(("UnknownProvider", OAuthErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains("Blynk, JetBrainsSpace, Spacebring, SpatiaFi", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Theory]
    [InlineData("", "id")]
    [InlineData(" ", "id")]
    [InlineData("id", "")]
    public void A_client_with_an_empty_id_or_secret_is_refused_before_anything_is_sent(string id, string secret) =>
        Assert.Equal("InvalidCredential", Assert.Throws<OAuthUsageException>(() => new OAuthClient(id, new Secret(secret))).ErrorId);

    private static string Domain(Uri url) => string.Join('.', url.Host.Split('.')[^2..]);
}
