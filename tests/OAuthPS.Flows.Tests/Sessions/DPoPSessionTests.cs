using System.Formats.Asn1;
using System.Text.Json;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A session whose tokens are bound to a key of its own (RFC 9449), on the wire.</summary>
public sealed class DPoPSessionTests : VaultTest
{
    private const string BoundToken = """{"access_token":"bound-1","token_type":"DPoP","expires_in":3600,"refresh_token":"re-1"}""";
    private const string NonceDemanded = "HTTP/1.1 400 Bad Request\nContent-Type: application/json\nDPoP-Nonce: nonce-1\n\n{\"error\":\"use_dpop_nonce\"}";

    private static readonly ConnectRequest _bound = Given.Space with { DPoP = true };
    private static readonly ConnectRequest _boundForApi = _bound with { ApiUrls = [new Uri("https://api.example.com")] };

    [Fact]
    public async Task The_token_request_has_a_proof_and_the_token_is_used_with_another()
    {
        Wire.Answers(Wire.Json(BoundToken), Wire.Json("{}"));

        var session = await Wire.ConnectAsync(_bound);
        await session.SendAsync(new ApiCall { Uri = new Uri("/api/http/projects?top=1", UriKind.Relative), Method = HttpMethod.Put });

        var (first, second) = (SentJwt.ProofOf(Wire.Requests[0]), SentJwt.ProofOf(Wire.Requests[1]));
        Assert.Equal(("POST", "https://mycompany.jetbrains.space/oauth/token", null), (first.Claim("htm"), first.Claim("htu"), first.Claim("ath")));
        Assert.Equal(Wire.Clock.GetUtcNow(), first.IssuedAt);
        Assert.Equal(("PUT", "https://mycompany.jetbrains.space/api/http/projects"), (second.Claim("htm"), second.Claim("htu")));
        Assert.Equal(DPoPProver.TokenHash(new Secret("bound-1")), second.Claim("ath"));
        Assert.Contains("\nAuthorization: DPoP bound-1\n", Wire.Requests[1], StringComparison.Ordinal);
        Assert.Equal(first.Header.GetProperty("jwk").ToString(), second.Header.GetProperty("jwk").ToString());
        Assert.Equal("DPoP", (await session.GetTokenAsync()).TokenType);
    }

    // Section 8: the server's refusal brings the nonce. Section 8.2: every response may bring the next one.
    [Fact]
    public async Task A_nonce_that_the_server_demands_goes_into_the_next_proof_and_into_all_that_follow()
    {
        Wire.Answers(NonceDemanded, "HTTP/1.1 200 OK\nDPoP-Nonce: nonce-2\n\n" + BoundToken, Wire.Json(BoundToken));

        var session = await Wire.ConnectAsync(_bound);
        await session.RenewAsync();

        Assert.Equal([null, "nonce-1", "nonce-2"], Wire.Requests.Select(request => SentJwt.ProofOf(request).Claim("nonce")));
        Assert.Equal(3, Wire.Requests.Select(request => SentJwt.ProofOf(request).Claim("jti")).Distinct().Count());
    }

    [Fact]
    public async Task A_server_that_is_never_content_with_a_nonce_is_asked_twice_and_no_more()
    {
        Wire.Answers(NonceDemanded, NonceDemanded);

        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => Wire.ConnectAsync(_bound));

        Assert.Equal(("use_dpop_nonce", 2), (refused.Error, Wire.Requests.Count));
    }

    // Section 9: an API demands its nonce with 401, and that is not a reason to renew.
    [Fact]
    public async Task A_nonce_that_an_API_demands_costs_no_token_request()
    {
        Wire.Answers(
            Wire.Json(BoundToken),
            "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\", error_description=\"nonce wanted\"\nDPoP-Nonce: api-nonce",
            Wire.Json("{}"));

        var session = await Wire.ConnectAsync(_boundForApi);
        await session.SendAsync(new ApiCall { Uri = new Uri("https://api.example.com/") });

        Assert.Equal([null, null, "api-nonce"], Wire.Requests.Select(request => SentJwt.ProofOf(request).Claim("nonce")));
        Assert.Equal(2, Wire.Requests.Count(request => request.StartsWith("GET https://api.example.com/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("a\nDPoP-Nonce: b")]
    [InlineData("")]
    public async Task A_nonce_that_is_none_is_no_reason_to_ask_again(string nonce)
    {
        Wire.Answers(NonceDemanded.Replace("nonce-1", nonce, StringComparison.Ordinal));

        await Assert.ThrowsAsync<OAuthServerException>(() => Wire.ConnectAsync(_bound));

        Assert.Single(Wire.Requests);
    }

    // Section 11.1: an API takes a proof for a short time only, and its nonces do not last either.
    [Fact]
    public async Task After_a_wait_the_proof_is_made_anew_and_a_new_nonce_is_taken()
    {
        Wire.Answers(
            Wire.Json(BoundToken),
            "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\"\nDPoP-Nonce: early",
            "HTTP/1.1 429 Too Many Requests\nRetry-After: 90",
            "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\"\nDPoP-Nonce: late",
            Wire.Json("{}"));
        var session = await Wire.ConnectAsync(_boundForApi);
        var before = Wire.Clock.GetUtcNow();

        var call = session.SendAsync(new ApiCall { Uri = new Uri("https://api.example.com/") });
        Wire.Clock.Advance(TimeSpan.FromSeconds(90));
        await call;

        var proofs = Wire.Requests.Skip(1).Select(SentJwt.ProofOf).ToList();
        Assert.Equal([null, "early", "early", "late"], proofs.Select(proof => proof.Claim("nonce")));
        Assert.Equal([0, 0, 90, 90], proofs.Select(proof => (proof.IssuedAt - before).TotalSeconds));
    }

    // Section 4.3: a request with two proofs is refused.
    [Fact]
    public async Task A_proof_of_the_users_own_is_not_sent_beside_the_sessions()
    {
        Wire.Answers(Wire.Json(BoundToken));
        var session = await Wire.ConnectAsync(_bound);

        var inSession = await Assert.ThrowsAsync<OAuthUsageException>(() => Wire.ConnectAsync(_bound with { Headers = new Dictionary<string, string> { ["dpop"] = "x" } }));
        var inCall = await Assert.ThrowsAsync<OAuthUsageException>(() => session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative), Headers = new Dictionary<string, string> { ["DPoP"] = "x" } }));

        Assert.Equal(("InvalidHeader", "InvalidHeader", 1), (inSession.ErrorId, inCall.ErrorId, Wire.Requests.Count));
    }

    // Nothing was posted there, so nothing but the refusal tells the time.
    [Fact]
    public async Task An_API_whose_clock_is_another_is_called_again_by_its_clock()
    {
        var apiTime = Wire.Clock.GetUtcNow().AddMinutes(10);
        Wire.Answers(Wire.Json(BoundToken), $"HTTP/1.1 401 Unauthorized\nDate: {apiTime:R}\nWWW-Authenticate: DPoP error=\"invalid_dpop_proof\"", Wire.Json("{}"));
        var session = await Wire.ConnectAsync(_boundForApi);

        await session.SendAsync(new ApiCall { Uri = new Uri("https://api.example.com/") });

        Assert.Equal(apiTime, SentJwt.ProofOf(Wire.LastRequest).IssuedAt);
        Assert.Equal(3, Wire.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public async Task A_server_that_repeats_the_proof_is_shown_without_it(int status)
    {
        Wire.Answers(Wire.Json(BoundToken)).Otherwise(request =>
            Wire.Json($$"""{"error":"bad","error_description":"not this: {{SentJwt.ProofOf(request).Text}}"}""", $"{status} Bad"));
        var session = await Wire.ConnectAsync(_bound);

        var api = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative) }, Wire.Log));
        var renewal = await Assert.ThrowsAsync<OAuthServerException>(() => session.RenewAsync(Wire.Log));

        var proofs = Wire.Requests.Select(request => SentJwt.ProofOf(request).Text).ToArray();
        NoSecret.In(api, proofs);
        NoSecret.In(renewal, proofs);
        NoSecret.In(Wire.Log, proofs);
    }

    // Section 5: whoever wants a bound token discards any other.
    [Fact]
    public async Task A_token_that_is_not_bound_is_not_used()
    {
        Wire.Answers(Given.Token("a-bearer-token"));

        var refused = await Assert.ThrowsAsync<OAuthProtocolException>(() => Wire.ConnectAsync(_bound));

        Assert.Equal("TokenNotBound", refused.ErrorId);
        NoSecret.In(refused.ToString(), "a-bearer-token");
    }

    [Fact]
    public async Task A_bound_token_that_nobody_asked_for_is_not_used()
    {
        Wire.Answers(Wire.Json(BoundToken));

        var refused = await Assert.ThrowsAsync<OAuthProtocolException>(() => Wire.ConnectAsync(Given.Space));

        Assert.Equal(("TokenTypeUnknown", OAuthInput.DPoP), (refused.ErrorId, Assert.Single(refused.Inputs)));
    }

    [Fact]
    public async Task The_headers_for_a_call_hold_for_that_call()
    {
        Wire.Answers(Wire.Json(BoundToken));
        var session = await Wire.ConnectAsync(_bound);

        var headers = await session.GetRequestHeadersAsync(method: HttpMethod.Delete, uri: new Uri("/api/x?y=z", UriKind.Relative));

        var proof = new SentJwt(headers["DPoP"].Reveal());
        Assert.Equal(("DELETE", "https://mycompany.jetbrains.space/api/x"), (proof.Claim("htm"), proof.Claim("htu")));
        Assert.Equal("DPoP bound-1", headers["Authorization"].Reveal());
        Assert.Equal("CallNeeded", (await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetRequestHeadersAsync())).ErrorId);
    }

    [Fact]
    public async Task The_key_is_in_the_vault_with_the_session_and_the_restored_one_has_the_same()
    {
        Wire.Answers(Wire.Json(BoundToken), Wire.Json(BoundToken.Replace("bound-1", "bound-2", StringComparison.Ordinal)));
        var saved = await SavedAsync(_bound);
        Assert.Contains("\"version\":2", Vault.Only, StringComparison.Ordinal);

        var restored = await RestoreAsync(saved.Name);
        Expire();
        await restored.GetTokenAsync();

        Assert.Equal(SentJwt.ProofOf(Wire.Requests[0]).Header.GetProperty("jwk").ToString(), SentJwt.ProofOf(Wire.Requests[1]).Header.GetProperty("jwk").ToString());
        Assert.Equal(("bound-2", "DPoP"), ((await restored.GetTokenAsync()).TokenOf(), (await restored.GetTokenAsync()).TokenType));
    }

    [Fact]
    public async Task A_process_with_the_key_of_an_earlier_session_says_so_instead_of_using_tokens_it_cannot_use()
    {
        Wire.Answers(Wire.Json(BoundToken), Wire.Json(BoundToken));
        var earlier = await SavedAsync(_bound);
        await SavedAsync(_bound);
        Expire();

        Assert.Equal("VaultSessionReplaced", (await Assert.ThrowsAsync<OAuthUsageException>(() => earlier.GetTokenAsync().AsTask())).ErrorId);
    }

    // Platforms do not agree on the form: Windows writes the key's usage into it (RFC 5958 section 2, attributes), OpenSSL does not.
    [Fact]
    public async Task A_process_on_another_platform_that_has_written_the_same_key_in_another_form_shares_the_session()
    {
        Wire.Answers(Wire.Json(BoundToken), Wire.Json(BoundToken.Replace("bound-1", "bound-2", StringComparison.Ordinal)));
        var session = await SavedAsync(_bound);
        var ours = JsonDocument.Parse(Vault.Only).RootElement.GetProperty("dPoPKey").GetString()!;
        Vault.Entries[session.Name] = Vault.Only.Replace(JsonEncodedText.Encode(ours).ToString(), JsonEncodedText.Encode(WithKeyUsage(ours)).ToString(), StringComparison.Ordinal);
        Expire();

        Assert.Equal("bound-2", (await session.GetTokenAsync()).TokenOf());
    }

    private static string WithKeyUsage(string pkcs8)
    {
        var (from, to) = (new AsnReader(Convert.FromBase64String(pkcs8), AsnEncodingRules.DER).ReadSequence(), new AsnWriter(AsnEncodingRules.DER));
        using (to.PushSequence())
        {
            while (from.HasData && from.PeekTag().TagClass == TagClass.Universal)
                to.WriteEncodedValue(from.ReadEncodedValue().Span);
            using (to.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (to.PushSequence())
            {
                to.WriteObjectIdentifier("2.5.29.15");
                using (to.PushSetOf())
                    to.WriteBitString([0x90]);
            }
        }

        return Convert.ToBase64String(to.Encode());
    }

    [Fact]
    public async Task An_entry_without_a_key_is_of_the_first_format_so_that_an_older_module_reads_it()
    {
        Wire.Answers(Given.Token("t"));
        await SavedAsync(Given.Space);

        Assert.Contains("\"version\":1", Vault.Only, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_of_a_request_has_no_proof_in_it()
    {
        Wire.Answers(NonceDemanded, Wire.Json(BoundToken));
        await Wire.ConnectAsync(_bound);

        Assert.Contains("DPoP: ***", Wire.Log.Text, StringComparison.Ordinal);
        NoSecret.In(Wire.Log.Text, "bound-1", "re-1", SentJwt.ProofOf(Wire.Requests[0]).Text);
    }
}
