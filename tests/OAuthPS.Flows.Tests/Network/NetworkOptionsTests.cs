using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Network;

/// <summary>What is given for the way to a server: what is refused, what is shared, and what is never told.</summary>
public sealed class NetworkOptionsTests : NetworkTest
{
    private static readonly ProxyCredential _ada = new("ada", new Secret(Password));

    [Theory]
    [InlineData("http://proxy.acme.example:3128")]
    [InlineData("http://proxy.acme.example:3128/")]
    [InlineData("https://proxy.acme.example")]
    [InlineData("socks4://proxy.acme.example:1080")]
    [InlineData("socks4a://proxy.acme.example:1080")]
    [InlineData("socks5://[2001:db8::1]:1080")]
    public void A_proxy_of_a_kind_that_the_platform_knows_is_taken(string proxy)
    {
        var taken = HttpTransport.CreateHandler(network: new() { Proxy = new Uri(proxy) }).Proxy!;

        Assert.Equal(new Uri(proxy), taken.GetProxy(new Uri("https://api.example.com")));
        Assert.Null(taken.GetProxy(new Uri("https://localhost")));
        Assert.DoesNotContain("acme", taken.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_SOCKS_proxy_without_a_port_has_the_one_of_its_specification() => Assert.Equal(
        1080, HttpTransport.CreateHandler(network: new() { Proxy = new Uri("socks5://proxy.acme.example") }).Proxy!.GetProxy(new Uri("https://api.example.com"))!.Port);

    [Theory]
    [InlineData("http://ada:pr0xy-pa55@proxy.acme.example:3128", "has a user name or a password in it")]
    [InlineData("ada:pr0xy-pa55@proxy.acme.example:3128", "is none with http, https, socks4, socks4a or socks5 in front")]
    [InlineData("proxy.acme.example:3128", "is none with")]
    [InlineData("socks5h://proxy.acme.example:1080", "is none with")]
    [InlineData("ftp://proxy.acme.example", "is none with")]
    [InlineData("/proxy", "is none with")]
    [InlineData("http://wpad.acme.example/proxy.pac", "has more than a host and a port; a .pac file is no proxy")]
    [InlineData("http://proxy.acme.example/?key=pr0xy-pa55", "has more than a host and a port")]
    [InlineData("http://proxy.acme.example/#a", "has more than a host and a port")]
    public async Task What_is_no_proxy_is_refused_before_anything_is_sent_and_not_repeated(string proxy, string flaw)
    {
        var request = At("http://127.0.0.1:1", new() { Proxy = new Uri(proxy, UriKind.RelativeOrAbsolute) });

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => OAuthConnection.ConnectAsync(request, Transport, Log));

        Assert.Equal("InvalidProxy", refused.ErrorId);
        Assert.Equal([OAuthInput.Proxy], refused.Inputs);
        Assert.Contains($"The address of the proxy {flaw}", refused.WhatHappened, StringComparison.Ordinal);
        NoSecret.In(refused, "pr0xy-pa55", "acme");
    }

    public static TheoryData<string, string> Contradictions => new()
    {
        { "none and one", "A proxy is given, and at the same time that none is used." },
        { "a credential alone", "A credential for a proxy is given without the proxy." },
        { "the user's credentials alone", "A credential for a proxy is given without the proxy." },
        { "two credentials", "The proxy is given two credentials." },
        { "an empty credential", "The credential for the proxy has no user name." },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void What_contradicts_itself_is_refused(string which, string words)
    {
        var proxy = new Uri("http://proxy.acme.example:3128");
        NetworkOptions network = which switch
        {
            "none and one" => new() { Proxy = proxy, NoProxy = true },
            "a credential alone" => new() { ProxyCredential = _ada },
            "the user's credentials alone" => new() { ProxyUsesDefaultCredentials = true },
            "two credentials" => new() { Proxy = proxy, ProxyCredential = _ada, ProxyUsesDefaultCredentials = true },
            _ => new() { Proxy = proxy, ProxyCredential = new("", new Secret("")) },
        };

        Assert.Equal(words, Assert.Throws<OAuthUsageException>(() => Transport.For(network)).WhatHappened);
    }

    [Fact]
    public void Without_a_proxy_none_is_used_whatever_the_environment_says()
    {
        using var handler = HttpTransport.CreateHandler(network: new() { NoProxy = true });

        Assert.False(handler.UseProxy);
        Assert.Null(Transport.For(new NetworkOptions { NoProxy = true }).Proxy);
    }

    [Fact]
    public void A_proxy_gets_the_credential_by_its_domain_and_name_or_that_of_the_process()
    {
        var proxy = new Uri("http://proxy.acme.example:3128");
        var named = (NetworkCredential)HttpTransport.CreateHandler(network: new() { Proxy = proxy, ProxyCredential = new(@"ACME\ada", new Secret("p")) }).Proxy!.Credentials!;
        var process = HttpTransport.CreateHandler(network: new() { Proxy = proxy, ProxyUsesDefaultCredentials = true }).Proxy!.Credentials;

        Assert.Equal(("ACME", "ada", "p"), (named.Domain, named.UserName, named.Password));
        Assert.Same(CredentialCache.DefaultCredentials, process);
        Assert.Null(HttpTransport.CreateHandler(network: new() { Proxy = proxy }).Proxy!.Credentials);
    }

    [Fact]
    public void Who_says_the_same_shares_the_connections_and_who_says_otherwise_does_not()
    {
        var (proxy, other) = (new Uri("http://proxy.acme.example:3128"), new Uri("http://proxy.acme.example:3129"));
        using var second = new TestAuthority("CN=Acme Second");
        NetworkOptions network = new() { Proxy = proxy, ProxyCredential = _ada, CertificateAuthorities = [Authority.Whole] };
        var transport = Transport.For(network);

        Assert.Same(transport, Transport.For(network with { ProxyCredential = new("ada", new Secret(Password)), CertificateAuthorities = [Authority.Whole] }));
        Assert.Same(transport, transport.For(network));
        Assert.Same(transport, transport.For((NetworkOptions?)null));
        Assert.Same(transport, Transport.For(network with { Proxy = other }).For(network));
        Assert.Equal(6, new[]
        {
            transport,
            Transport,
            Transport.For(network with { Proxy = other }),
            Transport.For(network with { ProxyCredential = _ada with { Password = new Secret("another") } }),
            Transport.For(network with { ProxyCredential = null }),
            Transport.For(network with { CertificateAuthorities = [second.Whole] }),
        }.Distinct().Count());
        Assert.Same(Transport.Clocks, transport.Clocks);
        Assert.Same(Transport, transport.Root);
    }

    [Fact]
    public void Nothing_given_changes_nothing() => Assert.Same(Transport, Transport.For(new NetworkOptions()));

    [Fact]
    public void A_client_with_a_certificate_keeps_it_on_another_way()
    {
        using var certificate = TestAuthority.SelfSigned("client");
        var network = new NetworkOptions { NoProxy = true };

        var transport = Transport.For(certificate).For(network);

        Assert.True(transport.PresentsCertificate);
        Assert.Same(transport, Transport.For(network).For(certificate));
        Assert.False(transport.WithoutCertificate.PresentsCertificate);
        Assert.Same(Transport.For(network), transport.WithoutCertificate);
    }

    [Fact]
    public void The_ways_that_are_kept_are_bounded_and_the_last_used_stay()
    {
        var transports = Enumerable.Range(1, 16).Select(port => Transport.For(new NetworkOptions { Proxy = new Uri($"http://proxy.acme.example:{port}") })).ToList();

        Assert.Same(transports[0], Transport.For(new NetworkOptions { Proxy = new Uri("http://proxy.acme.example:1") }));
        _ = Transport.For(new NetworkOptions { NoProxy = true });

        Assert.Same(transports[0], Transport.For(new NetworkOptions { Proxy = new Uri("http://proxy.acme.example:1") }));
        Assert.NotSame(transports[1], Transport.For(new NetworkOptions { Proxy = new Uri("http://proxy.acme.example:2") }));
    }

    [Fact]
    public void A_credential_goes_to_the_proxy_that_it_came_with_and_authorities_stay()
    {
        NetworkOptions session = new() { Proxy = new Uri("http://proxy.acme.example:3128"), ProxyCredential = _ada, CertificateAuthorities = [Authority.Whole] };

        var call = new NetworkOptions { Proxy = new Uri("http://other.example:3128") }.Over(session);

        Assert.Null(call.ProxyCredential);
        Assert.Equal(session.CertificateAuthorities.Count, call.CertificateAuthorities.Count);
        Assert.Equal((true, null), (new NetworkOptions { NoProxy = true }.Over(session).NoProxy, new NetworkOptions { NoProxy = true }.Over(session).Proxy));
        Assert.Equal(session, new NetworkOptions().Over(session));
    }

    [Fact]
    public void Nothing_of_the_credential_shows_and_no_private_key_is_kept()
    {
        NetworkOptions network = new() { Proxy = new Uri("http://proxy.acme.example:3128"), ProxyCredential = _ada, CertificateAuthorities = [Authority.Whole] };

        Assert.Equal("proxy proxy.acme.example:3128, certificate authorities: 1", network.ToString());
        NoSecret.In($"{network} {network.ProxyCredential} {JsonSerializer.Serialize(network.ProxyCredential)}", Password);
        Assert.True(Authority.Whole.HasPrivateKey);
        Assert.All(network.CertificateAuthorities, authority => Assert.False(authority.HasPrivateKey));
    }

    [Fact]
    public void What_is_kept_outlives_the_certificate_that_was_given()
    {
        NetworkOptions network;
        using (var authority = new TestAuthority())
            network = new() { CertificateAuthorities = [authority.Whole] };

        Assert.Equal("CN=Acme Root", network.CertificateAuthorities[0].GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { } name ? $"CN={name}" : null);
        Assert.NotSame(Transport, Transport.For(network));
    }
}
