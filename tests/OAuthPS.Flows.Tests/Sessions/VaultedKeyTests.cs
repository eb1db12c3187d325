using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Tests.ClientAuthentication;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>A session that signs with a private key, in a vault and out of it.</summary>
public sealed class VaultedKeyTests : VaultTest
{
    private static readonly OAuthProvider _provider = BuiltInProviders.Get("SpatiaFi") with { ClientAuthentications = [ClientAuthenticationMethod.PrivateKeyJwt] };

    private readonly RSA _rsa = RSA.Create(2048);

    public override void Dispose()
    {
        _rsa.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task The_key_goes_with_the_session_so_that_it_renews_elsewhere()
    {
        Wire.Answers(Given.Token("access"), Given.Token("renewed"));
        await SavedAsync(Request(new ClientKey(_rsa, "key-1", "PS384", certificateThumbprint: new("thumb", "old"))));
        Expire();

        var restored = await SessionVaults.RestoreAsync(Vault, "SpatiaFi", _ => _provider, Wire.Transport, Wire.Log);
        Assert.Equal("renewed", (await restored.GetTokenAsync()).TokenOf());

        var assertion = SentAssertion.Of(Wire.LastRequest);
        Assert.Equal("PS384 key-1 thumb", $"{assertion.Header.GetProperty("alg")} {assertion.Header.GetProperty("kid")} {assertion.Header.GetProperty("x5t#S256")}");
        Assert.True(_rsa.VerifyData(assertion.SignedPart, assertion.Signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pss));
        Assert.NotNull(Entry["clientKey"]);
        NoSecret.In(string.Join('\n', Vault.Descriptions["SpatiaFi"].Values), (string)Entry["clientKey"]!["pkcs8"]!);
    }

    // The first format knows no key: a module of that time would ask for a token as a client that proves nothing.
    [Fact]
    public async Task An_entry_with_a_key_has_the_second_format_and_one_without_the_first()
    {
        Wire.Answers(Given.Token("access"), Given.Token("access"));
        await SavedAsync(Request(new ClientKey(_rsa)));
        Assert.Equal(2, (int)Entry["version"]!);
        Assert.Null(Entry["clientKey"]!["algorithm"]);
        Vault.Entries.Clear();

        await SavedAsync(Given.Blynk);
        Assert.Equal(1, (int)Entry["version"]!);
        Assert.Null(Entry["clientKey"]);
    }

    [Fact]
    public async Task A_key_that_cannot_be_exported_keeps_the_session_out_of_vaults()
    {
        Wire.Answers(Given.Token("access"));
        using var card = new SmartCard(_rsa);
        var session = await Wire.ConnectAsync(Request(new ClientKey(card)));

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => session.SaveAsync(Vault));

        Assert.Equal("SessionNotSavable", refused.ErrorId);
        Assert.Empty(Vault.Entries);
        Assert.Equal("access", (await session.GetTokenAsync()).TokenOf());
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC")]
    public async Task A_key_that_is_damaged_makes_the_entry_invalid_and_nothing_is_sent(string pkcs8)
    {
        Wire.Answers(Given.Token("access"));
        await SavedAsync(Request(new ClientKey(_rsa)));
        var entry = Entry;
        entry["clientKey"]!["pkcs8"] = pkcs8;
        Vault.Entries["SpatiaFi"] = entry.ToJsonString();

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => RestoreAsync("SpatiaFi"));

        Assert.Equal("VaultEntryInvalid", refused.ErrorId);
        Assert.Contains("has a key that cannot be used", refused.Message, StringComparison.Ordinal);
        Assert.Single(Wire.Requests);
    }

    private JsonNode Entry => JsonNode.Parse(Vault.Only)!;

    private static ConnectRequest Request(ClientKey key) => new() { Provider = _provider, Client = new OAuthClient("client id", key: key) };

    /// <summary>Signs, and gives its key to nobody.</summary>
    private sealed class SmartCard(RSA key) : RSA
    {
        public override int KeySize { get => key.KeySize; set => throw new NotSupportedException(); }

        public override byte[] SignHash(byte[] hash, HashAlgorithmName hashAlgorithm, RSASignaturePadding padding) => key.SignHash(hash, hashAlgorithm, padding);

        protected override byte[] HashData(byte[] data, int offset, int count, HashAlgorithmName hashAlgorithm) => SHA256.HashData(data.AsSpan(offset, count));

        public override RSAParameters ExportParameters(bool includePrivateParameters) =>
            includePrivateParameters ? throw new CryptographicException("The card keeps it.") : key.ExportParameters(false);

        public override void ImportParameters(RSAParameters parameters) => throw new NotSupportedException();
    }
}
