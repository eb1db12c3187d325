using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A session whose tokens are bound to a key of its own (RFC 9449), on the wire.</summary>
public sealed class DPoPSessionTests : VaultTest
{
    private const string BoundToken = """{"access_token":"bound-1","token_type":"DPoP","expires_in":3600,"refresh_token":"re-1"}""";
    private const string NonceDemanded = "HTTP/1.1 400 Bad Request\nContent-Type: application/json\nDPoP-Nonce: nonce-1\n\n{\"error\":\"use_dpop_nonce\"}";

    private static readonly ConnectRequest _bound = Given.Space with { DPoP = true };

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

    // Section 8: the server's refusal brings the nonce. Section 8.2: every answer may bring the next one.
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

        var session = await Wire.ConnectAsync(_bound);
        await session.SendAsync(new ApiCall { Uri = new Uri("https://api.example.com/") });

        Assert.Equal([null, null, "api-nonce"], Wire.Requests.Select(request => SentJwt.ProofOf(request).Claim("nonce")));
        Assert.Equal(2, Wire.Requests.Count(request => request.StartsWith("GET https://api.example.com/", StringComparison.Ordinal)));
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

        Assert.Equal("TokenTypeUnknown", (await Assert.ThrowsAsync<OAuthProtocolException>(() => Wire.ConnectAsync(Given.Space))).ErrorId);
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
