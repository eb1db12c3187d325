using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Tests.Network;

/// <summary>The files in which people keep the certificate of their company's authority.</summary>
public sealed class CertificateAuthorityTests : NetworkTest
{
    private string File(byte[] bytes)
    {
        var path = Path.Combine(Temporary.FullName, "acme");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    private string File(string text) => File(System.Text.Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("PEM")]
    [InlineData("PEM with words before it")]
    [InlineData("PEM with the private key")]
    [InlineData("PEM with a byte order mark and the line ends of Windows")]
    [InlineData("the base64 of a PEM alone")]
    [InlineData("DER")]
    public void One_certificate_is_read_without_its_private_key(string form)
    {
        var path = form switch
        {
            "PEM" => File(Authority.Pem),
            "PEM with words before it" => File($"Subject: Acme\n{Authority.Pem}\n"),
            "PEM with the private key" => File(Authority.PemWithKey),
            "the base64 of a PEM alone" => File(Convert.ToBase64String(Authority.Whole.RawData)),
            "DER" => File(Authority.Whole.RawData),
            _ => File("\uFEFF" + Authority.Pem.Replace("\n", "\r\n", StringComparison.Ordinal)),
        };

        var certificate = Assert.Single(CertificateAuthority.FromFile(path));

        Assert.Equal(Authority.Whole.Thumbprint, certificate.Thumbprint);
        Assert.False(certificate.HasPrivateKey);
    }

    [Fact]
    public void A_bundle_is_read_as_a_whole()
    {
        using var second = new TestAuthority("CN=Acme Second");

        Assert.Equal([Authority.Whole.Thumbprint, second.Whole.Thumbprint], CertificateAuthority.FromFile(File($"{Authority.Pem}\n{second.Pem}")).Select(one => one.Thumbprint));
        Assert.Equal(2, CertificateAuthority.FromText($"{Authority.Pem}\n{second.Pem}").Count);
    }

    [Theory]
    [InlineData("nothing", "is empty, or a device or pipe.")]
    [InlineData("text", "is no certificate")]
    [InlineData("a private key", "has no certificate, but PRIVATE KEY.")]
    [InlineData("PKCS #12", "is PKCS #12 and may hold a private key.")]
    [InlineData("damaged PEM", "is no certificate")]
    [InlineData("bytes", "is no certificate")]
    [InlineData("too much", "is larger than 1 MiB.")]
    [InlineData("too many", "has more than 500 certificates.")]
    public void What_is_no_certificate_is_told_as_what_it_is(string form, string flaw)
    {
        var path = form switch
        {
            "nothing" => File(""),
            "text" => File("see the wiki"),
            "a private key" => File(Authority.PemWithKey.Split("-----BEGIN CERTIFICATE")[0]),
            "PKCS #12" => File(Authority.Whole.Export(X509ContentType.Pkcs12, "pa55")),
            "damaged PEM" => File(Authority.Pem.Replace("MII", "AII", StringComparison.Ordinal)),
            "too much" => File(new byte[1024 * 1024 + 1]),
            "too many" => File(string.Join('\n', Enumerable.Repeat(Authority.Pem, 501))),
            _ => File([0x30, 0x82, 1, 2, 0xFF, 0xFE]),
        };

        var refused = Assert.Throws<OAuthUsageException>(() => CertificateAuthority.FromFile(path));

        Assert.Equal("InvalidCertificateAuthority", refused.ErrorId);
        Assert.Equal([OAuthInput.CertificateAuthority], refused.Inputs);
        Assert.Contains($"{path} {flaw}", refused.WhatHappened, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var path = Path.Combine(Temporary.FullName, "missing.pem");

        Assert.Equal($"The file {path} does not exist.", Assert.Throws<OAuthUsageException>(() => CertificateAuthority.FromFile(path)).WhatHappened);
        Assert.Contains("cannot be read", Assert.Throws<OAuthUsageException>(() => CertificateAuthority.FromFile(Temporary.FullName)).WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_none_is_not_repeated() =>
        Assert.Equal("The text is no certificate.", Assert.Throws<OAuthUsageException>(() => CertificateAuthority.FromText("-----BEGIN of a secret")).WhatHappened);
}
