using System.Net;
using System.Net.Sockets;
using System.Text;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Network;

/// <summary>A proxy that is given with a session: all that the session sends goes through it, and to this machine nothing does.</summary>
public sealed class ExplicitProxyTests : NetworkTest
{
    private static readonly ApiCall _call = new() { Uri = new Uri("/v1/things", UriKind.Relative) };

    [Fact]
    public async Task A_token_request_a_renewal_and_an_API_call_go_through_it_with_its_credential()
    {
        await using var proxy = Proxy();
        var session = await OAuthConnection.ConnectAsync(At($"https://{Host}", Through(proxy)), Transport, Log);
        await session.RenewAsync(Log);
        var response = await session.SendAsync(_call, Log);

        Assert.Equal("""{"path":"/v1/things"}""", Encoding.UTF8.GetString(response.Body));
        Assert.Equal(["POST /token HTTP/1.1", "POST /token HTTP/1.1", "GET /v1/things HTTP/1.1"], proxy.Lines);
        Assert.All(proxy.Connects, head => Assert.StartsWith($"CONNECT {Host}:443 HTTP/1.1\r\n", head, StringComparison.Ordinal));
        Assert.Equal(3, proxy.Connects.Count(head => head.Contains($"\r\nProxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"ada:{Password}"))}\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_server_is_told_nothing_of_the_proxys_credential_and_the_proxy_nothing_of_the_servers()
    {
        await using var proxy = Proxy();
        var session = await OAuthConnection.ConnectAsync(At($"https://{Host}", Through(proxy)), Transport, Log);

        NoSecret.In(string.Concat(proxy.Requests), Password);
        Assert.DoesNotContain(proxy.Requests, request => request.Contains("Proxy-", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(proxy.Connects, head => head.Contains("\r\nAuthorization:", StringComparison.Ordinal));
        NoSecret.In(Log, Password, Given.ClientSecret);
        NoSecret.In($"{session.Network} {session.Network!.ProxyCredential} {session.Origin}", Password);
    }

    [Fact]
    public async Task A_session_from_a_vault_goes_through_it_and_trusts_the_same_authority()
    {
        await using var proxy = Proxy();
        var session = await OAuthConnection.ConnectAsync(At($"https://{Host}", Through(proxy)) with { Name = "night" }, Transport, Log);
        await session.SaveAsync(Vault);

        var fresh = new HttpTransport(new HttpMessageInvoker(HttpTransport.CreateHandler()), chance: new FixedChance());
        var restored = await SessionVaults.RestoreAsync(Vault, "night", _ => Lab(), fresh, Log);
        await restored.RenewAsync(Log);
        await restored.SendAsync(_call, Log);

        Assert.Equal(["POST /token HTTP/1.1", "POST /token HTTP/1.1", "GET /v1/things HTTP/1.1"], proxy.Lines);
        Assert.Equal(session.Network, restored.Network);
        Assert.Contains("\"version\":4,", Vault.Only, StringComparison.Ordinal);
        NoSecret.In(string.Join('\n', Vault.Descriptions["night"].Values), Password, "ada");
        NoSecret.In(Log, Password);
    }

    [Fact]
    public async Task A_session_that_is_opened_with_another_proxy_keeps_that_one_and_its_authority_in_the_vault()
    {
        await using var old = Proxy();
        await using var proxy = Proxy();
        var session = await OAuthConnection.ConnectAsync(At($"https://{Host}", Through(old)) with { Name = "night" }, Transport, Log);
        await session.SaveAsync(Vault);
        var other = Through(proxy) with { CertificateAuthorities = [] };

        await (await SessionVaults.RestoreAsync(Vault, "night", _ => Lab(), Transport, Log, other)).RenewAsync(Log);
        await (await SessionVaults.RestoreAsync(Vault, "night", _ => Lab(), Transport, Log)).RenewAsync(Log);

        Assert.Equal(["POST /token HTTP/1.1"], old.Lines);
        Assert.Equal(["POST /token HTTP/1.1", "POST /token HTTP/1.1"], proxy.Lines);
    }

    [Fact]
    public async Task Metadata_come_through_it_and_count_for_those_who_go_the_same_way_alone()
    {
        await using var proxy = Proxy(path => path.EndsWith("openid-configuration", StringComparison.Ordinal)
            ? $$"""{"issuer":"https://{{Host}}","token_endpoint":"https://{{Host}}/oauth/token","jwks_uri":"https://{{Host}}/keys"}""" : null);
        var network = Through(proxy);
        var request = At($"https://{Host}", network) with { Provider = new() { Name = "Lab", Issuer = $"https://{Host}" }, Flow = OAuthFlow.ClientCredentials };

        await OAuthConnection.ConnectAsync(request, Transport, Log);
        await OAuthConnection.ConnectAsync(request, Transport, Log);

        Assert.Equal(["GET /.well-known/openid-configuration HTTP/1.1", "POST /oauth/token HTTP/1.1", "POST /oauth/token HTTP/1.1"], proxy.Lines);
        Assert.True(Server.Discovery.Of(Transport.For(Through(proxy))).IsKnown($"https://{Host}"));
        Assert.False(Server.Discovery.Of(Transport).IsKnown($"https://{Host}"));
        Assert.False(Server.Discovery.Of(Transport.For(network with { CertificateAuthorities = [] })).IsKnown($"https://{Host}"));
    }

    [Fact]
    public async Task A_call_with_a_proxy_of_its_own_goes_through_that_one_and_the_next_through_the_sessions()
    {
        await using var proxy = Proxy();
        await using var other = new TlsPeer { Certificate = Authority.Issue(Host), IsProxy = true };
        var session = await OAuthConnection.ConnectAsync(At($"https://{Host}", Through(proxy)), Transport, Log);

        await session.SendAsync(new() { Uri = new Uri("/v1/one", UriKind.Relative), Network = new() { Proxy = other.Url } }, Log);
        await session.SendAsync(_call, Log);

        Assert.Equal(["GET /v1/one HTTP/1.1"], other.Lines);
        Assert.Equal(["POST /token HTTP/1.1", "GET /v1/things HTTP/1.1"], proxy.Lines);
        Assert.DoesNotContain(other.Connects, head => head.Contains("Authorization", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task This_machine_is_never_asked_through_it(string spelling)
    {
        await using var proxy = Proxy();
        await using var server = new RawServer($"HTTP/1.1 200 OK\nContent-Type: application/json\nConnection: close\n\n{Body}");

        var session = await OAuthConnection.ConnectAsync(At($"http://{spelling}:{server.Url.Port}", Through(proxy)), Transport, Log);
        await session.SendAsync(_call, Log);

        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(proxy.Connects);
    }

    [Theory]
    [InlineData("407 Proxy Authentication Required\nProxy-Authenticate: Basic realm=\"acme\"", "ProxyAuthenticationRequired", "wants a user name and a password (407)")]
    [InlineData("403 Forbidden", "ProxyRefused", $"does not connect to https://{Host} (403)")]
    public async Task Its_refusal_names_it_and_says_that_it_was_given(string status, string errorId, string words)
    {
        await using var proxy = new RawServer($"HTTP/1.1 {status}\nContent-Length: 0\nConnection: close\n\n");
        var network = new NetworkOptions { Proxy = proxy.Url, ProxyCredential = new("ada", new Secret(Password)) };

        var failure = await Assert.ThrowsAsync<OAuthConnectionException>(() => OAuthConnection.ConnectAsync(At($"https://{Host}", network), Transport, Log));

        Assert.Equal(errorId, failure.ErrorId);
        Assert.Equal([OAuthInput.Proxy], failure.Inputs);
        Assert.Contains($"The proxy 127.0.0.1:{proxy.Url.Port} {words}", failure.WhatHappened, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTPS_PROXY", failure.Message, StringComparison.Ordinal);
        NoSecret.In(failure, Password);
    }

    [Fact]
    public async Task One_that_is_not_there_is_named_and_said_to_be_given()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var session = await OAuthConnection.ConnectAsync(At("http://127.0.0.1:1", network: null), new Wire().Answers(Given.Token("t")).Transport, Log);

        var failure = await Assert.ThrowsAsync<OAuthConnectionException>(() =>
            session.SendAsync(new() { Uri = new Uri($"https://{Host}/v1"), MaximumRetryCount = 0, Network = new() { Proxy = new Uri($"http://127.0.0.1:{port}") } }, Log));

        Assert.Equal("ProxyUnreachable", failure.ErrorId);
        Assert.Equal([OAuthInput.Proxy], failure.Inputs);
        Assert.Contains($"The proxy 127.0.0.1:{port} cannot be reached", failure.WhatHappened, StringComparison.Ordinal);
    }

    // RFC 1928 section 3: version 5, and the methods that the client has.
    [Fact]
    public async Task A_SOCKS_proxy_is_spoken_to_as_one()
    {
        await using var proxy = new RawServer((stream, _, stop) => stream.WriteAsync(new byte[] { 5, 0xFF }, stop).AsTask());

        var failure = await Assert.ThrowsAsync<OAuthConnectionException>(() =>
            OAuthConnection.ConnectAsync(At($"https://{Host}", new() { Proxy = new Uri($"socks5://127.0.0.1:{proxy.Url.Port}") }), Transport, Log));

        Assert.All(proxy.Requests, request => Assert.StartsWith("\u0005", request, StringComparison.Ordinal));
        Assert.NotEmpty(proxy.Requests);
        Assert.Equal("ProxyRefused", failure.ErrorId);
    }

    private const string Body = """{"access_token":"token","token_type":"Bearer","expires_in":3600}""";
}
