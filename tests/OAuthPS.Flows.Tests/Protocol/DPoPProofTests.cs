using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>DPoP proofs by themselves (RFC 9449 section 4).</summary>
public class DPoPProofTests
{
    // Section 4.1, figure 2.
    private const string Example =
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCR"
        + "nMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwia"
        + "HRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";

    private static readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1_562_262_616);

    private readonly DPoPProver _prover = new(DPoPKey.Create(), _ => _now);

    [Fact]
    public void A_proof_has_the_parts_of_the_specifications_example()
    {
        var expected = new SentJwt(Example);
        var proof = Prove("POST", "https://server.example.com/token");

        using var theirs = expected.EmbeddedKey();
        using var ours = proof.EmbeddedKey();
        Assert.True(expected.IsSignedWith(theirs));
        Assert.True(proof.IsSignedWith(ours));
        Assert.False(proof.IsSignedWith(theirs));
        Assert.Equal(Names(expected.Header), Names(proof.Header));
        Assert.Equal(Names(expected.Claims), Names(proof.Claims));
        Assert.Equal(("dpop+jwt", "ES256"), (proof.Header.GetProperty("typ").GetString(), proof.Header.GetProperty("alg").GetString()));
        Assert.All(["htm", "htu", "iat"], name => Assert.Equal(expected.Claim(name), proof.Claim(name)));
    }

    // Section 4.2: htu has neither query nor fragment.
    [Theory]
    [InlineData("https://api.example.com/things?page=2#top", "https://api.example.com/things")]
    [InlineData("https://API.example.com:443/Things/%C3%A9", "https://api.example.com/Things/%C3%A9")]
    [InlineData("https://api.example.com", "https://api.example.com/")]
    [InlineData("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x")]
    [InlineData("http://[::1]:8080/x", "http://[::1]:8080/x")]
    [InlineData("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe")]
    public void The_address_of_a_proof_has_no_query(string target, string htu) => Assert.Equal(htu, Prove("GET", target).Claim("htu"));

    // Section 7.1, figure 12.
    [Fact]
    public void The_hash_of_a_token_is_the_specifications() =>
        Assert.Equal("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", DPoPProver.TokenHash(new Secret("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU")));

    [Fact]
    public void No_two_proofs_have_the_same_id() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => Prove("GET", "https://a.example.com/").Claim("jti")).Distinct().Count());

    [Fact]
    public void No_two_sessions_have_the_same_key() => Assert.NotEqual(DPoPKey.Create().Thumbprint, DPoPKey.Create().Thumbprint);

    [Fact]
    public void An_exported_key_is_the_same_key()
    {
        var exported = _prover.Key.Export();

        Assert.Equal(_prover.Key.Thumbprint, DPoPKey.TryImport(exported.Reveal())!.Thumbprint);
        Assert.Equal(Secret.Mask, exported.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    public void What_is_no_key_is_not_taken_for_one(string exported) => Assert.Null(DPoPKey.TryImport(exported));

    // Section 8.1: a nonce goes into a JSON string of ours.
    [Theory]
    [InlineData("eyJ7S_zG.eyJH0-Z.HX4w-7v", true)]
    [InlineData("has space", false)]
    [InlineData("umläut", false)]
    [InlineData("", false)]
    public void Only_what_a_nonce_may_be_is_taken_for_one(string nonce, bool isTaken)
    {
        _prover.Learn(new Uri("https://as.example.com/token"), null, Response(nonce));

        Assert.Equal(isTaken ? nonce : null, Prove("POST", "https://as.example.com/token").Claim("nonce"));
    }

    [Fact]
    public void A_nonce_goes_to_the_server_that_gave_it_alone()
    {
        _prover.Learn(new Uri("https://as.example.com/token"), null, Response("of-as"));
        _prover.Learn(new Uri("https://as.example.com/api"), new Secret("t"), Response("of-api"));

        Assert.Equal("of-as", Prove("POST", "https://as.example.com/other").Claim("nonce"));
        Assert.Equal("of-api", new SentJwt(_prover.Prove(HttpMethod.Get, new Uri("https://as.example.com/api"), new Secret("t"), _now)).Claim("nonce"));
        Assert.Null(Prove("POST", "https://other.example.com/token").Claim("nonce"));
    }

    private SentJwt Prove(string method, string target) => new(_prover.Prove(new HttpMethod(method), new Uri(target), null, _now));

    private static IEnumerable<string> Names(System.Text.Json.JsonElement part) => part.EnumerateObject().Select(member => member.Name).Order();

    private static HttpResponse Response(string nonce) => new()
    {
        StatusCode = System.Net.HttpStatusCode.OK,
        MediaType = null,
        CharacterSet = null,
        Body = [],
        RetryAfter = null,
        ReadHeaders = () => new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["DPoP-Nonce"] = [nonce] },
    };
}
