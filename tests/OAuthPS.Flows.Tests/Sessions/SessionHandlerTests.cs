using System.Net;
using System.Text;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A session in any HTTP client, on the wire.</summary>
public sealed class SessionHandlerTests : IDisposable
{
    private const string Unauthorized = "HTTP/1.1 401 Unauthorized";
    private const string NonceDemanded = "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\"\nDPoP-Nonce: api-nonce";
    private const string BoundToken = """{"access_token":"bound-1","token_type":"DPoP","expires_in":3600}""";

    private static readonly Uri _here = new("https://mycompany.jetbrains.space/api/things?top=1");

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task A_request_carries_the_token_and_the_sessions_headers()
    {
        using var client = await ClientAsync(Given.Space with { Headers = new Dictionary<string, string> { ["X-Tenant"] = "seven" } }, Given.Token("token-1"), Wire.Json("{}"));

        await client.GetAsync(_here);

        Assert.Equal(
            "GET https://mycompany.jetbrains.space/api/things?top=1\nAuthorization: Bearer token-1\nX-Tenant: seven\n\n", _wire.LastRequest);
    }

    [Fact]
    public async Task HTTP_Basic_goes_with_each_request()
    {
        using var client = await ClientAsync(Given.SpacebringBasic, Wire.Json("{}"));

        await client.GetAsync(new Uri("https://api.spacebring.com/things"));

        Assert.Contains("\nAuthorization: Basic Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=\n", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_own_header_goes_before_the_sessions_and_never_before_its_token()
    {
        using var client = await ClientAsync(Given.Space with { Headers = new Dictionary<string, string> { ["X-Tenant"] = "seven" } }, Given.Token("token-1"), Wire.Json("{}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, _here);
        request.Headers.Authorization = new("Bearer", "another");
        request.Headers.Add("X-Tenant", "eight");

        await client.SendAsync(request);

        Assert.Equal(
            "GET https://mycompany.jetbrains.space/api/things?top=1\nX-Tenant: eight\nAuthorization: Bearer token-1\n\n", _wire.LastRequest);
    }

    [Theory]
    [InlineData("https://elsewhere.example.com/api")]
    [InlineData("https://mycompany.jetbrains.space.example.com/api")]
    [InlineData("https://mycompany.jetbrains.space:8443/api")]
    [InlineData("http://mycompany.jetbrains.space/api")]
    [InlineData("https://mycompany.jetbrains.space@elsewhere.example.com/api")]
    public async Task Another_origin_is_given_nothing_of_the_session(string elsewhere)
    {
        using var client = await ClientAsync(
            Given.Space with { DPoP = true, Headers = new Dictionary<string, string> { ["X-Tenant"] = "seven" } }, Wire.Json(BoundToken), Unauthorized);

        var response = await client.GetAsync(new Uri(elsewhere));

        Assert.Equal((HttpStatusCode.Unauthorized, $"GET {new Uri(elsewhere).AbsoluteUri}\n\n"), (response.StatusCode, _wire.LastRequest));
        Assert.Equal(2, _wire.Requests.Count);
    }

    [Fact]
    public async Task An_origin_that_was_named_takes_the_token()
    {
        _wire.Answers(Given.Token("token-1"), Wire.Json("{}"), Wire.Json("{}"));
        using var client = ClientOf(await _wire.ConnectAsync(Given.Space), new Uri("https://api.example.com/v1"));

        await client.GetAsync(new Uri("https://API.example.com/v2"));
        await client.GetAsync(_here);

        Assert.All(_wire.Requests.Skip(1), request => Assert.Contains("\nAuthorization: Bearer token-1\n", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_origin_in_the_clear_is_refused()
    {
        _wire.Answers(Given.Token("token-1"));
        var session = await _wire.ConnectAsync(Given.Space);

        Assert.Equal("InsecureUrl", Assert.Throws<OAuthUsageException>(() => ClientOf(session, new Uri("http://api.example.com"))).ErrorId);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_request_sent_again_with_its_body()
    {
        using var client = await ClientAsync(Given.Space, Given.Token("token-1"), Unauthorized, Given.Token("token-2"), Unauthorized);

        var response = await client.PostAsync(_here, new StringContent("the-body", Encoding.UTF8, "text/plain"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(4, _wire.Requests.Count);
        const string sent = "POST https://mycompany.jetbrains.space/api/things?top=1\nAuthorization: Bearer {0}\nContent-Type: text/plain; charset=utf-8\nContent-Length: 8\n\nthe-body";
        Assert.Equal(
            [sent.Replace("{0}", "token-1", StringComparison.Ordinal), sent.Replace("{0}", "token-2", StringComparison.Ordinal)],
            [_wire.Requests[1], _wire.Requests[3]]);
    }

    [Fact]
    public async Task A_stream_is_sent_once_and_the_token_is_renewed_for_the_next_request()
    {
        using var client = await ClientAsync(Given.Space, Given.Token("token-1"), Unauthorized, Given.Token("token-2"), Wire.Json("{}"));

        var response = await client.PostAsync(_here, new UnknownLength("the-body"));
        await client.GetAsync(_here);

        Assert.Equal((HttpStatusCode.Unauthorized, 4), (response.StatusCode, _wire.Requests.Count));
        Assert.Contains("\nAuthorization: Bearer token-2\n", _wire.Requests[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_token_is_renewed_first_and_every_other_status_is_the_callers()
    {
        using var client = await ClientAsync(Given.Space, Given.Token("token-1", 600), Given.Token("token-2"), "HTTP/1.1 403 Forbidden");
        _wire.Clock.Advance(TimeSpan.FromSeconds(600));

        var response = await client.GetAsync(_here);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("\nAuthorization: Bearer token-2\n", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewal_that_is_refused_is_the_librarys_error()
    {
        using var client = await ClientAsync(
            Given.Space, Given.Token("token-1"), Unauthorized, "HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"error\":\"invalid_client\"}");

        var failure = await Assert.ThrowsAsync<OAuthServerException>(() => client.GetAsync(_here));

        Assert.Same(OAuthErrorId.InvalidClient, failure.Id);
        NoSecret.In(failure, "token-1", Given.ClientSecret);
    }

    [Fact]
    public async Task A_session_that_has_ended_sends_nothing()
    {
        _wire.Answers(Given.Token("token-1"));
        var session = await _wire.ConnectAsync(Given.Space);
        using var client = ClientOf(session);
        session.End();

        Assert.Equal("SessionEnded", (await Assert.ThrowsAsync<OAuthUsageException>(() => client.GetAsync(_here))).ErrorId);
        Assert.Single(_wire.Requests);
    }

    [Fact]
    public async Task Each_request_has_a_proof_of_its_own_and_a_nonce_that_is_demanded_costs_no_token_request()
    {
        using var client = await ClientAsync(Given.Space with { DPoP = true }, Wire.Json(BoundToken), NonceDemanded, Wire.Json("{}"), Wire.Json("{}"));

        await client.GetAsync(_here);
        await client.DeleteAsync(_here);

        var proofs = _wire.Requests.Skip(1).Select(SentJwt.ProofOf).ToList();
        Assert.Equal([null, "api-nonce", "api-nonce"], proofs.Select(proof => proof.Claim("nonce")));
        Assert.Equal(["GET", "GET", "DELETE"], proofs.Select(proof => proof.Claim("htm")));
        Assert.Equal(3, proofs.Select(proof => proof.Claim("jti")).Distinct().Count());
        Assert.All(proofs, proof => Assert.Equal(
            ("https://mycompany.jetbrains.space/api/things", DPoPProver.TokenHash(new Secret("bound-1"))), (proof.Claim("htu"), proof.Claim("ath"))));
        Assert.All(_wire.Requests.Skip(1), request => Assert.Contains("\nAuthorization: DPoP bound-1\n", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_lacks_a_nonce_costs_no_token_request_either()
    {
        using var client = await ClientAsync(Given.Space with { DPoP = true }, Wire.Json(BoundToken), NonceDemanded);

        var response = await client.PostAsync(_here, new UnknownLength("the-body"));

        Assert.Equal((HttpStatusCode.Unauthorized, 2), (response.StatusCode, _wire.Requests.Count));
    }

    [Fact]
    public async Task A_proof_is_signed_by_the_APIs_clock_once_it_has_refused_this_machines()
    {
        var ahead = _wire.Clock.GetUtcNow().AddHours(1);
        using var client = await ClientAsync(Given.Space with { DPoP = true }, Wire.Json(BoundToken), $"HTTP/1.1 401 Unauthorized\nDate: {ahead:R}", Wire.Json("{}"));

        await client.GetAsync(_here);

        Assert.Equal(ahead, SentJwt.ProofOf(_wire.LastRequest).IssuedAt);
    }

    [Theory]
    [InlineData("HttpClientHandler")]
    [InlineData("SocketsHttpHandler")]
    [InlineData("Between")]
    public async Task A_handler_that_follows_redirects_is_refused_before_anything_is_sent(string kind)
    {
        _wire.Answers(Given.Token("token-1"));
        using HttpMessageHandler below = kind switch
        {
            "HttpClientHandler" => new HttpClientHandler(),
            "SocketsHttpHandler" => new SocketsHttpHandler(),
            _ => new Between { InnerHandler = new SocketsHttpHandler() },
        };
        using var client = new HttpClient(new OAuthSessionHandler(await _wire.ConnectAsync(Given.Space)) { InnerHandler = below });

        var failure = await Assert.ThrowsAsync<OAuthUsageException>(() => client.GetAsync(_here));

        Assert.Same(OAuthErrorId.RedirectsFollowed, failure.Id);
    }

    [Fact]
    public async Task A_request_that_would_hold_a_thread_is_not_sent()
    {
        using var client = await ClientAsync(Given.Space, Given.Token("token-1"));
        using var request = new HttpRequestMessage(HttpMethod.Get, _here);

        Assert.Throws<NotSupportedException>(() => client.Send(request));
        Assert.Single(_wire.Requests);
    }

    [Fact]
    public async Task Content_that_never_ends_is_left_when_the_caller_gives_up()
    {
        using var client = await ClientAsync(Given.Space, Given.Token("token-1"));
        using var stop = new CancellationTokenSource();
        using var content = new EndlessContent(stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PostAsync(_here, content, stop.Token).WaitAsync(Interaction.RawBrowser.Patience));

        Assert.Single(_wire.Requests);
    }

    private async Task<HttpClient> ClientAsync(ConnectRequest request, params string[] answers)
    {
        _wire.Answers(answers);
        return ClientOf(await _wire.ConnectAsync(request));
    }

    private HttpClient ClientOf(OAuthSession session, params Uri[] origins) => new(new OAuthSessionHandler(session, origins) { InnerHandler = _wire, Log = _wire.Log }, disposeHandler: false);

    private sealed class Between : DelegatingHandler;

    // Whoever reads it gives up when it has begun.
    private sealed class EndlessContent(CancellationTokenSource stop) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stop.CancelAsync();
            await new TaskCompletionSource().Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 10;
            return true;
        }
    }

    private sealed class UnknownLength(string text) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
