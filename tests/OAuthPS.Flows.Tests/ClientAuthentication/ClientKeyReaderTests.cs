using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tests.Identity;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>Private keys from where people keep them, and what is said of what is none.</summary>
public sealed class ClientKeyReaderTests : IDisposable
{
    private const string Password = "pässword 1";
    private const string Canary = "canary";

    // RFC 8410 section 10.3.
    private const string Ed25519 = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";

    private static readonly PbeParameters _encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("OAuthPS-");
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public void Dispose()
    {
        _rsa.Dispose();
        _curve.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("PKCS #8", "RS256")]
    [InlineData("PKCS #1", "RS256")]
    [InlineData("PKCS #8, encrypted", "RS256")]
    [InlineData("PKCS #8, elliptic", "ES384")]
    [InlineData("SEC 1", "ES384")]
    [InlineData("SEC 1 after its parameters", "ES384")]
    [InlineData("PKCS #8, elliptic, encrypted", "ES384")]
    [InlineData("PKCS #12", "RS256")]
    [InlineData("PKCS #12, elliptic", "ES384")]
    [InlineData("PEM with its certificate", "RS256")]
    [InlineData("PEM after a chain", "RS256")]
    public void A_key_file_is_read_whatever_its_form(string form, string algorithm)
    {
        var path = Write(form switch
        {
            "PKCS #8" => Text("a comment of openssl\n" + _rsa.ExportPkcs8PrivateKeyPem()),
            "PKCS #1" => Text("\uFEFF" + _rsa.ExportRSAPrivateKeyPem().Replace("\n", "\r\n", StringComparison.Ordinal)),
            "PKCS #8, encrypted" => Text(_rsa.ExportEncryptedPkcs8PrivateKeyPem(Password, _encryption)),
            "PKCS #8, elliptic" => Text(_curve.ExportPkcs8PrivateKeyPem()),
            "SEC 1" => Text(_curve.ExportECPrivateKeyPem()),
            "SEC 1 after its parameters" => Text("-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n" + _curve.ExportECPrivateKeyPem()),
            "PKCS #8, elliptic, encrypted" => Text(_curve.ExportEncryptedPkcs8PrivateKeyPem(Password, _encryption)),
            "PKCS #12" => Certificate(_rsa).Export(X509ContentType.Pkcs12, Password),
            "PKCS #12, elliptic" => Certificate(_curve).Export(X509ContentType.Pkcs12, Password),
            "PEM with its certificate" => Text(_rsa.ExportPkcs8PrivateKeyPem() + "\n" + Certificate(_rsa).ExportCertificatePem()),
            _ => Text(Certificate(_curve).ExportCertificatePem() + "\n" + Certificate(_rsa).ExportCertificatePem() + "\n" + _rsa.ExportPkcs8PrivateKeyPem()),
        });

        var key = ClientKeyReader.FromFile(path, new(new Secret(Password), "key-1"));

        Assert.Equal(("key-1", algorithm), (key.KeyId, key.Algorithm));
        Verifies(key);
    }

    [Fact]
    public void A_key_of_a_certificate_is_named_by_the_certificates_hash()
    {
        using var certificate = Certificate(_rsa);
        var thumbprint = Base64Url.Encode(SHA256.HashData(certificate.RawData));
        var file = Write(certificate.Export(X509ContentType.Pkcs12));
        var pem = Write(Text(certificate.ExportCertificatePem() + "\n" + _rsa.ExportPkcs8PrivateKeyPem()));

        foreach (var key in new[] { ClientKeyReader.FromCertificate(certificate), ClientKeyReader.FromFile(file), ClientKeyReader.FromFile(pem) })
        {
            var jws = JsonWebSignature.TryRead(key.Sign("{}", "PS256"))!;
            Assert.Equal((thumbprint, "PS256"), (JsonWebSignature.Text(jws.Header, "x5t#S256"), jws.Algorithm));
            Assert.False(jws.Header.TryGetProperty("kid", out _));
        }
    }

    [Fact]
    public void A_JWK_brings_its_key_id_and_algorithm_which_give_way_to_those_that_are_named()
    {
        var jwk = Rfc7515.Rs256Key.Replace("{", "{\"kid\":\"own\",\"alg\":\"PS512\",\"use\":\"sig\",", StringComparison.Ordinal);

        var own = ClientKeyReader.FromFile(Write(Text("\uFEFF \n" + jwk)));
        var named = ClientKeyReader.FromText(new Secret(jwk), new(KeyId: "named", Algorithm: "RS256"));

        Assert.Equal(("own", "PS512"), (own.KeyId, own.Algorithm));
        Assert.Equal(("named", "RS256"), (named.KeyId, named.Algorithm));
        Assert.Equal("ES256", ClientKeyReader.FromText(new Secret(Rfc7515.Es256Key)).Algorithm);
    }

    [Fact]
    public void A_certificate_of_the_users_store_is_found_by_its_path()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        using var exported = Certificate(_rsa);
        using var certificate = X509CertificateLoader.LoadPkcs12(exported.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.PersistKeySet | X509KeyStorageFlags.Exportable);
        store.Open(OpenFlags.ReadWrite);
        store.Add(certificate);
        try
        {
            Verifies(ClientKeyReader.FromStore($@"Cert:\CurrentUser\My\{certificate.Thumbprint}"));
            Verifies(ClientKeyReader.FromStore($"cert:/currentuser/my/{certificate.Thumbprint.ToLowerInvariant()}"));
        }
        finally
        {
            store.Remove(certificate);
        }

        Refuses("CertificateNotFound", () => ClientKeyReader.FromStore($@"Cert:\CurrentUser\My\{certificate.Thumbprint}"));
    }

    [Theory]
    [InlineData(@"Cert:\CurrentUser\My\12")]
    [InlineData(@"Cert:\Nobody\My\0123456789012345678901234567890123456789")]
    [InlineData(@"Cert:\CurrentUser")]
    public void A_path_that_names_no_certificate_of_a_store_is_said_to_name_none(string path) =>
        Refuses("InvalidStorePath", () => ClientKeyReader.FromStore(path));

    [Fact]
    public void A_store_that_is_not_there_has_no_certificate() =>
        Refuses("CertificateNotFound", () => ClientKeyReader.FromStore(@"Cert:\CurrentUser\NoSuchStore\0123456789012345678901234567890123456789"));

    [Fact]
    public void What_is_a_public_key_is_said_to_be_one()
    {
        using var certificate = X509Certificate2.CreateFromPem(Certificate(_rsa).ExportCertificatePem());
        var publicJwk = """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";
        using var publicRsa = RSA.Create(_rsa.ExportParameters(includePrivateParameters: false));

        foreach (var content in new[]
        {
            Text(_rsa.ExportSubjectPublicKeyInfoPem()), Text(_rsa.ExportRSAPublicKeyPem()), Text(certificate.ExportCertificatePem()), certificate.RawData, Text(publicJwk),
        })
        {
            Refuses("KeyIsPublic", () => ClientKeyReader.FromFile(Write(content)));
        }

        Refuses("KeyIsPublic", () => ClientKeyReader.FromCertificate(certificate));
        Refuses("KeyIsPublic", () => new ClientKey(publicRsa));
    }

    [Fact]
    public void An_encrypted_key_needs_its_password()
    {
        foreach (var content in new[] { Text(_rsa.ExportEncryptedPkcs8PrivateKeyPem(Password, _encryption)), Certificate(_curve).Export(X509ContentType.Pkcs12, Password) })
        {
            var path = Write(content);
            var needed = Refuses("KeyPasswordNeeded", () => ClientKeyReader.FromFile(path));
            Assert.Contains(path, needed.WhatHappened, StringComparison.Ordinal);
            Assert.Equal("Give its password.", needed.RecommendedAction);
            Refuses("KeyPasswordWrong", () => ClientKeyReader.FromFile(path, new(new Secret(Canary))));
        }
    }

    [Fact]
    public void EdDSA_is_refused_with_its_reason()
    {
        var pem = Refuses("KeyNotSupported", () => ClientKeyReader.FromText(new Secret(Ed25519)));
        var jwk = Refuses("KeyNotSupported", () => ClientKeyReader.FromText(new Secret("""{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")));

        Assert.All([pem, jwk], refused => Assert.Contains(".NET has no Ed25519", refused.WhatHappened, StringComparison.Ordinal));
        Assert.Contains("ES256", pem.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----", "KeyInvalid", "openssl pkcs8 -topk8")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----", "KeyInvalid", "ssh-keygen")]
    [InlineData("-----BEGIN PRIVATE KEY-----\ncanary", "KeyInvalid", "no whole PEM block")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "KeyInvalid", "is damaged")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----", "KeyInvalid", "is damaged")]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----", "KeyInvalid", "has no private key")]
    [InlineData("canary", "KeyInvalid", "none of PEM, JWK and PKCS #12")]
    [InlineData("", "KeyInvalid", "none of PEM, JWK and PKCS #12")]
    [InlineData("{\"canary\"", "KeyInvalid", "cannot be read as JSON")]
    [InlineData("{\"keys\":[]}", "KeyInvalid", "is a set of keys")]
    [InlineData("{\"kty\":\"oct\",\"k\":\"canary\"}", "KeyInvalid", "Give it as the client's secret")]
    [InlineData("{\"kty\":\"EC\",\"use\":\"enc\",\"d\":\"canary\"}", "KeyInvalid", "for encryption")]
    [InlineData("{\"kty\":\"RSA\",\"d\":\"AQAB\",\"n\":\"AQAB\",\"e\":\"AQAB\"}", "KeyInvalid", "has no 'p'")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"canary!\",\"x\":\"AQ\",\"y\":\"AQ\"}", "KeyInvalid", "'d' that is not base64url")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"AQ\",\"x\":\"AQ\",\"y\":\"AQ\"}", "KeyInvalid", "do not belong together")]
    [InlineData("{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"d\":\"AQ\",\"x\":\"AQ\",\"y\":\"AQ\"}", "KeyNotSupported", "P-256, P-384 or P-521")]
    public void What_cannot_be_used_is_told_apart_and_not_repeated(string content, string errorId, string words)
    {
        var refused = Refuses(errorId, () => ClientKeyReader.FromFile(Write(Text(content))));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_too_short_or_on_another_curve_is_refused()
    {
        using var shortKey = RSA.Create(1024);
        using var otherCurve = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));

        Refuses("KeyTooShort", () => ClientKeyReader.FromText(new Secret(shortKey.ExportPkcs8PrivateKeyPem())));
        Refuses("KeyNotSupported", () => ClientKeyReader.FromText(new Secret(otherCurve.ExportPkcs8PrivateKeyPem())));
    }

    [Fact]
    public void A_certificate_of_another_key_is_not_taken_for_the_keys() => Refuses(
        "KeyInvalid", () => ClientKeyReader.FromText(new Secret(_rsa.ExportPkcs8PrivateKeyPem() + "\n" + Certificate(_curve).ExportCertificatePem())));

    [Fact]
    public void A_file_that_is_not_there_or_far_too_large_is_said_to_be_so()
    {
        var missing = Path.Combine(_folder.FullName, "missing.pem");

        Assert.Equal(OAuthErrorKind.NotFound, Refuses("KeyFileNotFound", () => ClientKeyReader.FromFile(missing)).Kind);
        Refuses("KeyInvalid", () => ClientKeyReader.FromFile(Write(new byte[1024 * 1024 + 1])));
    }

    [Fact]
    public void Damaged_keys_are_keys_or_typed_errors_and_nothing_else()
    {
        const int seed = 20261125;
        var random = new Random(seed);
        string[] pieces = ["-----BEGIN PRIVATE KEY-----", "-----END ", "\n", "=", "AAAA", "\"d\":null,", "\"kty\":7,", "{", "\\ud800", "\0", "MIIB"];
        byte[][] valid =
        [
            Text(_curve.ExportPkcs8PrivateKeyPem()), Text(_curve.ExportECPrivateKeyPem()), Text(_rsa.ExportRSAPrivateKeyPem()), Text(Rfc7515.Es256Key), Text(Rfc7515.Rs256Key),
            Text(Certificate(_curve).ExportCertificatePem() + "\n" + _curve.ExportPkcs8PrivateKeyPem()),
            Text(DownloadedKeyTests.Google(_curve.ExportPkcs8PrivateKeyPem())), Text(DownloadedKeyTests.Application(_curve.ExportPkcs8PrivateKeyPem())),
        ];
        for (var number = 0; number < 3_000; number++)
        {
            var content = Mutation.Of(valid[random.Next(valid.Length)], pieces, random);
            var failure = Record.Exception(() => ClientKeyReader.FromText(new Secret(Encoding.Latin1.GetString(content))));
            Assert.True(failure is null or OAuthException, $"Seed {seed}, number {number}: {failure}");
        }
    }

    private static void Verifies(ClientKey key)
    {
        var parts = key.Sign("""{"iss":"me"}""", key.Algorithm).Split('.');
        var (signed, signature) = (Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.Decode(parts[2]));
        var hash = new HashAlgorithmName("SHA" + key.Algorithm[2..]);
        Assert.True(key.Key is RSA rsa ? rsa.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1) : ((ECDsa)key.Key).VerifyData(signed, signature, hash));
    }

    private static OAuthUsageException Refuses(string errorId, Func<ClientKey> read)
    {
        var refused = Assert.Throws<OAuthUsageException>(() => { _ = read(); });
        Assert.Equal(errorId, refused.ErrorId);
        NoSecret.In(refused, Canary, Password);
        return refused;
    }

    private static X509Certificate2 Certificate(AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest("CN=client", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=client", (ECDsa)key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private string Write(byte[] content)
    {
        var path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }
}
