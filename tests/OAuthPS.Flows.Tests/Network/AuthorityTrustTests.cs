using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Network;

/// <summary>Which servers are trusted where a certificate authority is given besides the system's.</summary>
public sealed class AuthorityTrustTests : NetworkTest
{
    private const string Local = "127.0.0.1";

    private Task<OAuthSession> ConnectAsync(TlsPeer server, params X509Certificate2[] authorities) => OAuthConnection.ConnectAsync(
        At(server.Url.OriginalString, authorities.Length == 0 ? null : new NetworkOptions { CertificateAuthorities = authorities }), Transport, Log);

    private async Task<OAuthException> RefusedAsync(TlsPeer server, params X509Certificate2[] authorities)
    {
        var failure = await Assert.ThrowsAsync<OAuthConnectionException>(() => ConnectAsync(server, authorities));

        Assert.Equal("TlsFailure", failure.ErrorId);
        Assert.Contains("nothing was sent", failure.WhatHappened, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
        return failure;
    }

    [Fact]
    public async Task A_server_of_that_authority_is_trusted_with_it_and_not_without()
    {
        await using var server = new TlsPeer { Certificate = Authority.Issue(Local) };

        Assert.Empty((await RefusedAsync(server)).Inputs);
        await ConnectAsync(server, Authority.Whole);

        Assert.Equal(["POST /token HTTP/1.1"], server.Lines);
        await Assert.ThrowsAsync<OAuthConnectionException>(() => ConnectAsync(server));
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_with_it()
    {
        await using var server = new TlsPeer { Certificate = Authority.Issue("api.example.com") };

        var failure = await RefusedAsync(server, Authority.Whole);

        Assert.Equal([OAuthInput.CertificateAuthority], failure.Inputs);
        Assert.Contains("failed: the certificate is for another host; nothing", failure.WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_with_it()
    {
        await using var server = new TlsPeer { Certificate = Authority.Issue(Local, daysLeft: -1) };

        Assert.Contains("the certificate has expired", (await RefusedAsync(server, Authority.Whole)).WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_purpose_is_refused_with_it()
    {
        await using var server = new TlsPeer { Certificate = Authority.Issue(Local, use: "1.3.6.1.5.5.7.3.4") };

        Assert.Contains("the certificate is not meant for servers", (await RefusedAsync(server, Authority.Whole)).WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_authority_of_the_same_name_is_refused()
    {
        using var forged = new TestAuthority();
        await using var server = new TlsPeer { Certificate = forged.Issue(Local), Chain = [forged.Whole] };

        await RefusedAsync(server, Authority.Whole);
    }

    [Fact]
    public async Task A_server_of_another_authority_is_refused_and_says_so()
    {
        using var other = new TestAuthority("CN=Other Root");
        await using var server = new TlsPeer { Certificate = other.Issue(Local), Chain = [other.Whole] };

        Assert.Contains("the certificate is of an authority that is not trusted", (await RefusedAsync(server, Authority.Whole)).WhatHappened, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_between_the_two_is_the_servers_to_send_or_the_users_to_give(bool serverSends)
    {
        using var issuing = new TestAuthority("CN=Acme Issuing", Authority);
        await using var server = new TlsPeer { Certificate = issuing.Issue(Local), Chain = serverSends ? [issuing.Whole] : [] };

        await ConnectAsync(server, serverSends ? [Authority.Whole] : [issuing.Whole, Authority.Whole]);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_may_be_trusted_by_its_own_certificate()
    {
        using var own = TestAuthority.SelfSigned(Local);
        await using var server = new TlsPeer { Certificate = own };

        await RefusedAsync(server, Authority.Whole);
        await ConnectAsync(server, own);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_is_no_authority_vouches_for_nobody_else()
    {
        using var server = new TestAuthority("CN=Acme Server", isAuthority: false);
        await using var forged = new TlsPeer { Certificate = server.Issue(Local), Chain = [server.Whole] };

        await RefusedAsync(forged, server.Whole);
    }

    // RFC 8705: what the client presents is not changed by whom it trusts.
    [Fact]
    public async Task A_client_with_a_TLS_certificate_presents_it_to_such_a_server()
    {
        using var client = TestAuthority.SelfSigned("client");
        await using var server = new TlsPeer { Certificate = Authority.Issue(Local) };
        var request = At(server.Url.OriginalString, new NetworkOptions { CertificateAuthorities = [Authority.Whole] });

        await OAuthConnection.ConnectAsync(request with { Client = new("me", new Secret("s"), certificate: client) }, Transport, Log);

        Assert.Equal([client.Thumbprint], server.Clients);
    }

    [Fact]
    public void What_the_system_trusts_counts_on()
    {
        using var certificate = TestAuthority.SelfSigned(Local);

        Assert.True(new AddedTrust([Authority.Whole]).Accept(this, certificate, chain: null, SslPolicyErrors.None));
    }

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData(SslPolicyErrors.RemoteCertificateNotAvailable)]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch)]
    public void No_other_fault_than_an_unknown_issuer_is_looked_at_again(SslPolicyErrors errors)
    {
        using var certificate = Authority.Issue(Local);
        using var chain = new X509Chain();
        chain.Build(certificate);

        Assert.Throws<CertificateRefusedException>(() => new AddedTrust([Authority.Whole]).Accept(this, certificate, chain, errors));
    }

    [Fact]
    public async Task An_authority_that_is_no_root_is_said_before_anything_is_sent()
    {
        using var issuing = new TestAuthority("CN=Acme Issuing", Authority);
        await using var server = new TlsPeer { Certificate = issuing.Issue(Local), Chain = [issuing.Whole] };

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => ConnectAsync(server, issuing.Whole));

        Assert.Equal("The certificate authority 'CN=Acme Issuing' is not a root: it is issued by 'CN=Acme Root'. Give the certificate of the root as well.", refused.Message);
        Assert.Empty(server.Clients);
    }
}
