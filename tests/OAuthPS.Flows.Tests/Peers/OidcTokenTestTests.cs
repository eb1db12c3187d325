using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Introspection and assertions at oidc-provider, and what it refuses.</summary>
[Collection(OidcProviderTests.Name)]
public sealed class OidcTokenTestTests(OidcProviderPeer peer) : IDisposable
{
    private readonly RecordingTransport _recorded = new();

    public void Dispose() => _recorded.Dispose();

    [SkippableTheory]
    [InlineData("basic")]
    [InlineData("secretJwt")]
    [InlineData("privateKeyJwt")]
    public async Task A_token_is_good_until_it_is_revoked(string client)
    {
        var session = await ConnectAsync(client);
        var other = await ConnectAsync(client);
        var token = new Secret(_recorded.AccessTokens[0]);

        var before = await session.TestTokenAsync();
        await session.RevokeAsync();
        var after = await other.TestTokenAsync(token);

        Assert.Equal((true, TokenTestMethod.Introspection, "api:read", peer.Client(client).Id), (before.IsActive, before.Method, before.Scope, before.ClientId));
        Assert.InRange(before.ExpiresAt!.Value, DateTimeOffset.UtcNow.AddSeconds(3400), DateTimeOffset.UtcNow.AddSeconds(3600));
        Assert.False(after.IsActive);
        Assert.True((await other.TestTokenAsync()).IsActive);
        Assert.False((await other.TestTokenAsync(new Secret("made-up"))).IsActive);
    }

    [SkippableFact]
    public async Task An_assertion_of_ones_own_is_taken_once()
    {
        var assertion = Sign(peer.Client("privateKeyJwt"), "/token");

        Assert.Equal((200, null), await RequestAsync(assertion));
        Assert.Equal((401, "invalid_client"), await RequestAsync(assertion));
    }

    [SkippableFact]
    public async Task An_assertion_that_has_expired_is_for_somebody_else_or_of_another_key_is_refused()
    {
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var client = peer.Client("privateKeyJwt");

        Assert.Equal((401, "invalid_client"), await RequestAsync(Sign(client, "/token", new LateClock(TimeSpan.FromMinutes(-30)))));
        Assert.Equal((401, "invalid_client"), await RequestAsync(Sign(client, "/elsewhere")));
        Assert.Equal((401, "invalid_client"), await RequestAsync(Sign(new OAuthClient(client.Id, key: new ClientKey(otherKey, client.Key!.KeyId)), "/token")));
        Assert.Equal((200, null), await RequestAsync(Sign(client, "/token")));
    }

    [SkippableFact]
    public async Task A_session_with_another_key_is_refused_in_the_servers_own_words()
    {
        using var otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var client = new OAuthClient(peer.Client("privateKeyJwt").Id, key: new ClientKey(otherKey));

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(Request(client), _recorded.Transport));

        Assert.Equal(("InvalidClient", "client authentication failed"), (refused.ErrorId, refused.ErrorDescription));
    }

    [SkippableFact]
    public async Task The_server_announces_its_introspection_and_its_algorithms()
    {
        var found = await ProviderDiscovery.CompleteAsync(Registered(), serviceUrl: null, _recorded.Transport);

        Assert.EndsWith("/token/introspection", found.IntrospectionEndpoint, StringComparison.Ordinal);
        Assert.Contains("ES256", found.TokenEndpointAuthSigningAlgorithms);
    }

    private OAuthProvider Registered() => new() { Name = "oidc-provider", Issuer = peer.Issuer.GetLeftPart(UriPartial.Authority) };

    private ConnectRequest Request(OAuthClient client) => new() { Provider = Registered(), Client = client, Flow = OAuthFlow.ClientCredentials, Scope = ["api:read"] };

    private Task<OAuthSession> ConnectAsync(string client) => OAuthConnection.ConnectAsync(
        Request(peer.Client(client)) with { ClientAuthentication = client == "secretJwt" ? ClientAuthenticationMethod.SecretJwt : null }, _recorded.Transport);

    private SignedClientAssertion Sign(OAuthClient client, string path, TimeProvider? clock = null) =>
        SignedClientAssertion.Create(client, new() { Audience = new Uri(peer.Issuer, path).OriginalString, Clock = clock });

    // A script's own token request.
    private async Task<(int Status, string? Error)> RequestAsync(SignedClientAssertion assertion)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(peer.Issuer, "/token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = assertion.Type,
            ["client_assertion"] = assertion.Value.Reveal(),
        }));
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)response.StatusCode, body.TryGetProperty("error", out var error) ? error.GetString() : null);
    }

    private sealed class LateClock(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
    }
}
