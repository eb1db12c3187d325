using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>DPoP at oidc-provider, which demands a nonce of its own in every proof, at the token endpoint and at its API.</summary>
[Collection(StrictOidcProviderTests.Name)]
public sealed class OidcDPoPTests(StrictOidcProviderPeer peer) : IDisposable
{
    private readonly OidcPerson _person = new();

    public void Dispose() => _person.Dispose();

    [SkippableFact]
    public async Task A_client_gets_a_token_that_is_bound_to_its_key()
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsMachine("dpop") with { DPoP = true });

        Assert.Equal("DPoP", (await session.GetTokenAsync()).TokenType);
        Assert.Equal("DPoP", (await session.RenewAsync()).TokenType);
    }

    [SkippableFact]
    public async Task A_client_that_must_and_does_not_is_refused()
    {
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(peer.AsMachine("dpop")));

        Assert.Equal("invalid_grant", refused.Error);
    }

    [SkippableFact]
    public async Task A_persons_session_renews_and_calls_the_api_with_one_key()
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsPerson("dpopPerson") with { DPoP = true }, _person);

        Assert.Equal("""{"sub":"ada"}""", await MeAsync(session));
        await session.RenewAsync();
        await session.RenewAsync();
        Assert.Equal("""{"sub":"ada"}""", await MeAsync(session));
    }

    // RFC 9449 section 7.1: what a server checks of a proof, each of it once wrong.
    [SkippableTheory]
    [InlineData("another address")]
    [InlineData("another method")]
    [InlineData("another token")]
    [InlineData("another key")]
    [InlineData("another nonce")]
    public async Task A_proof_that_is_wrong_is_refused(string flaw)
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsPerson("dpopPerson") with { DPoP = true }, _person);
        await MeAsync(session);
        var me = new Uri(peer.Issuer, "/me");
        var headers = await session.GetRequestHeadersAsync(uri: flaw == "another address" ? new Uri(peer.Issuer, "/other") : me, method: flaw == "another method" ? HttpMethod.Put : HttpMethod.Get);
        var token = new Secret(headers["Authorization"].Reveal()["DPoP ".Length..]);
        var proof = flaw switch
        {
            "another token" => session.Prover!.Prove(HttpMethod.Get, me, new Secret("another"), DateTimeOffset.UtcNow),
            "another key" => WithNonceOf(headers["DPoP"].Reveal(), me, token).Prove(HttpMethod.Get, me, token, DateTimeOffset.UtcNow),
            "another nonce" => new DPoPProver(session.Prover!.Key, _ => DateTimeOffset.UtcNow).Prove(HttpMethod.Get, me, token, DateTimeOffset.UtcNow),
            _ => headers["DPoP"].Reveal(),
        };

        Assert.Equal(401, await StatusAsync(me, token, proof));
        Assert.Equal(200, await StatusAsync(me, token, (await session.GetRequestHeadersAsync(uri: me))["DPoP"].Reveal()));
    }

    [SkippableFact]
    public async Task A_stolen_token_is_of_no_use_as_a_bearer_token()
    {
        var session = await OAuthConnection.ConnectAsync(peer.AsPerson("dpopPerson") with { DPoP = true }, _person);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(peer.Issuer, "/me"));
        request.Headers.Authorization = new("Bearer", (await session.GetTokenAsync()).Value.Reveal());

        using var response = await http.SendAsync(request);

        Assert.Equal(401, (int)response.StatusCode);
    }

    private static DPoPProver WithNonceOf(string proof, Uri target, Secret token)
    {
        var prover = new DPoPProver(DPoPKey.Create(), _ => DateTimeOffset.UtcNow);
        prover.Learn(target, token, new HttpResponse
        {
            StatusCode = System.Net.HttpStatusCode.OK,
            MediaType = null,
            CharacterSet = null,
            Body = [],
            RetryAfter = null,
            ReadHeaders = () => new Dictionary<string, IReadOnlyList<string>> { ["DPoP-Nonce"] = [new SentJwt(proof).Claim("nonce")!] },
        });
        return prover;
    }

    private static async Task<int> StatusAsync(Uri me, Secret token, string proof)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, me);
        request.Headers.Authorization = new("DPoP", token.Reveal());
        request.Headers.Add("DPoP", proof);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static async Task<string> MeAsync(OAuthSession session) =>
        System.Text.Encoding.UTF8.GetString((await session.SendAsync(new ApiCall { Uri = new Uri("/me", UriKind.Relative) })).Body);
}
