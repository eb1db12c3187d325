using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A key that was given where a path or a name belongs is read as the key it is, or at least not repeated.</summary>
public sealed class ShownInputTests : IDisposable
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260104, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static Arbitrary<string> Keys { get; } =
        (from length in Gen.Choose(24, 1800)
         from bytes in Gen.Choose(0, 255).Select(one => (byte)one).ArrayOf(length)
         from form in Gen.Elements<Func<byte[], string>>(Convert.ToBase64String, one => Base64Url.Encode(one), Convert.ToHexString, one => Convert.ToHexString(one).ToLowerInvariant())
         select form(bytes)).ToArbitrary();

    [Fact]
    public void A_key_given_for_a_path_is_in_no_message() => Prop.ForAll(Keys, key =>
    {
        // As PowerShell makes a path of it, and as it is.
        foreach (var path in new[] { key, Path.Combine(_folder, key) })
        {
            AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => ClientKeyReader.FromFile(path)));
            AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => ClientCertificate.FromFile(path)));
            AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => VerificationKeys.FromFile(path)));
            AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => ProviderFile.Read(path)));
        }

        AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => ClientKeyReader.FromStore(@"Cert:\" + key)));
        AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => new ProviderCatalog(_folder).Get(key)));
        AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => new ProviderCatalog(_folder).Unregister(key)));
    }).Check(_config);

    [Theory]
    [InlineData("client.pem")]
    [InlineData("my-client-key-2024-production.pem")]
    [InlineData("MyCompanyClientCertificate2024.pfx")]
    [InlineData("a folder/of the user/clients/ProductionTenant01.jwk")]
    [InlineData("Work/OAuthPS/Tests/Keys2026/ClientA1.pem")]
    public void A_path_that_leads_nowhere_is_named_where_it_could_be_no_key(string name)
    {
        var path = Path.Combine(_folder, name);
        Assert.Contains(path, Assert.Throws<OAuthUsageException>(() => ClientKeyReader.FromFile(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AgEAAoIBAQCT7ELoq/QxMj7tTnGy6/YPtcxjaW0+9")]
    [InlineData("k3Zq/Tb8sW/0dPx7/uYh2mN/vR5cLj/9aQe")]
    public void A_key_whose_slashes_leave_short_pieces_is_not_repeated(string key)
    {
        foreach (var path in new[] { key, Path.Combine(_folder, key) })
            AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => ClientKeyReader.FromFile(path)));
        AssertHidden(key, Assert.ThrowsAny<OAuthException>(() => new ProviderCatalog(_folder).Get(key)));
    }

    [Fact]
    public void A_file_that_is_there_is_named_whatever_its_name_is()
    {
        var path = Path.Combine(_folder, "9f86d081884c7d659a2feaa0c55ad015.pem");
        File.WriteAllText(path, "no key");
        Assert.Contains(path, Assert.Throws<OAuthUsageException>(() => ClientKeyReader.FromFile(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_base64_of_a_key_alone_is_read_as_the_key_as_text_and_from_a_file()
    {
        using var rsa = RSA.Create(2048);
        using var elliptic = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var password = new Secret("pässword");
        var encrypted = elliptic.ExportEncryptedPkcs8PrivateKey(password.Reveal(), new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        foreach (var der in new[] { rsa.ExportPkcs8PrivateKey(), rsa.ExportRSAPrivateKey(), elliptic.ExportPkcs8PrivateKey(), elliptic.ExportECPrivateKey(), encrypted })
        {
            foreach (var text in new[] { Convert.ToBase64String(der), $"\n{Convert.ToBase64String(der, Base64FormattingOptions.InsertLineBreaks)}\n" })
            {
                Assert.True(ClientKeyReader.IsText(text));
                Assert.NotNull(ClientKeyReader.FromText(new Secret(text), new ClientKeyOptions(password)));
                var path = Path.Combine(_folder, "key.txt");
                File.WriteAllText(path, text);
                Assert.NotNull(ClientKeyReader.FromFile(path, new ClientKeyOptions(password)));
            }
        }

        var publicKey = Convert.ToBase64String(elliptic.ExportSubjectPublicKeyInfo());
        Assert.NotNull(VerificationKeys.FromText(new Secret(publicKey)));
        Assert.Equal("KeyIsPublic", Assert.Throws<OAuthUsageException>(() => ClientKeyReader.FromText(new Secret(publicKey))).ErrorId);
    }

    [Fact]
    public void Base64_that_is_no_key_is_no_text_of_one() => Prop.ForAll(Keys, key => Assert.False(ClientKeyReader.IsText(key))).Check(_config);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void AssertHidden(string key, Exception failure)
    {
        var shown = failure.ToString();
        for (var at = 0; at + 12 <= key.Length; at += 12)
            Assert.DoesNotContain(key.Substring(at, 12), shown, StringComparison.OrdinalIgnoreCase);
    }
}
