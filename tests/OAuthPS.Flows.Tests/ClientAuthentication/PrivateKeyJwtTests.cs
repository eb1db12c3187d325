using System.Security.Cryptography;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>RFC 7523 section 2.2 with the algorithms of RFC 7518 section 3.1.</summary>
public class PrivateKeyJwtTests
{
    private static readonly OAuthProvider _provider = BuiltInProviders.Get("SpatiaFi") with
    {
        ClientAuthentications = [ClientAuthenticationMethod.PrivateKeyJwt],
    };

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    public async Task An_assertion_signed_with_RSA_is_verified_with_the_public_key(string algorithm)
    {
        using var key = RSA.Create(2048);
        using var publicKey = RSA.Create(key.ExportParameters(includePrivateParameters: false));

        var assertion = await SendAsync(new ClientKey(key, "key-1", algorithm));

        Assert.Equal(algorithm, assertion.Header.GetProperty("alg").GetString());
        Assert.Equal("key-1", assertion.Header.GetProperty("kid").GetString());
        var padding = algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        Assert.True(publicKey.VerifyData(assertion.SignedPart, assertion.Signature, Hash(algorithm), padding));
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task An_assertion_signed_on_a_curve_is_verified_with_the_public_key(string algorithm)
    {
        using var key = ECDsa.Create(algorithm switch
        {
            "ES256" => ECCurve.NamedCurves.nistP256,
            "ES384" => ECCurve.NamedCurves.nistP384,
            _ => ECCurve.NamedCurves.nistP521,
        });
        using var publicKey = ECDsa.Create(key.ExportParameters(includePrivateParameters: false));

        var assertion = await SendAsync(new ClientKey(key));

        Assert.Equal(algorithm, assertion.Header.GetProperty("alg").GetString());
        Assert.False(assertion.Header.TryGetProperty("kid", out _));
        Assert.True(publicKey.VerifyData(assertion.SignedPart, assertion.Signature, Hash(algorithm)));
    }

    [Fact]
    public async Task RS256_is_chosen_for_an_RSA_key_and_the_claims_are_those_of_the_client()
    {
        using var key = RSA.Create(2048);

        var assertion = await SendAsync(new ClientKey(key));

        Assert.Equal("RS256", assertion.Header.GetProperty("alg").GetString());
        Assert.Equal("client id", assertion.Claims.GetProperty("sub").GetString());
        Assert.Equal("https://auth.spatiafi.com/api/v1/auth/jwt/token", assertion.Claims.GetProperty("aud").GetString());
    }

    [Fact]
    public void A_key_and_an_algorithm_that_do_not_fit_are_refused()
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var dsa = ECDiffieHellman.Create();

        Assert.Equal("KeyAlgorithm", Refusal(() => new ClientKey(rsa, algorithm: "ES256")));
        Assert.Equal("KeyAlgorithm", Refusal(() => new ClientKey(rsa, algorithm: "none")));
        Assert.Equal("KeyAlgorithm", Refusal(() => new ClientKey(rsa, algorithm: "HS256")));
        Assert.Equal("KeyAlgorithm", Refusal(() => new ClientKey(curve, algorithm: "ES384")));
        Assert.Equal("KeyNotSupported", Refusal(() => new ClientKey(dsa)));
    }

    [Theory]
    [InlineData("", "RS256")]
    [InlineData("HS256 PS256 ES256", "PS256")]
    [InlineData("PS512 RS384", "RS384")]
    public async Task The_first_algorithm_of_the_key_that_the_server_announces_is_taken(string announced, string algorithm)
    {
        using var key = RSA.Create(2048);
        var provider = _provider with { TokenEndpointAuthSigningAlgorithms = announced.Split(' ', StringSplitOptions.RemoveEmptyEntries) };

        Assert.Equal(algorithm, (await SendAsync(new ClientKey(key), provider)).Header.GetProperty("alg").GetString());
        Assert.Equal("PS384", (await SendAsync(new ClientKey(key, algorithm: "PS384"), provider)).Header.GetProperty("alg").GetString());
    }

    [Fact]
    public async Task Without_an_algorithm_in_common_nothing_is_sent()
    {
        using var key = RSA.Create(2048);

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => SendAsync(new ClientKey(key), _provider with { TokenEndpointAuthSigningAlgorithms = ["ES256", "EdDSA"] }));

        Assert.Equal("KeyAlgorithm", refused.ErrorId);
        Assert.Contains("signed with ES256, EdDSA", refused.WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_not_left_unused_where_the_provider_takes_none()
    {
        using var key = RSA.Create(2048);

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() =>
            SendAsync(new ClientKey(key), _provider with { ClientAuthentications = [ClientAuthenticationMethod.None, ClientAuthenticationMethod.Basic] }));

        Assert.Equal("ClientAuthenticationNotSupported", refused.ErrorId);
    }

    private static string Refusal(Func<ClientKey> create) => Assert.Throws<OAuthUsageException>(() => { _ = create(); }).ErrorId;

    private static async Task<SentAssertion> SendAsync(ClientKey key, OAuthProvider? provider = null)
    {
        var wire = new Wire().Answers(Given.Token("token"));
        await wire.ConnectAsync(new ConnectRequest { Provider = provider ?? _provider, Client = new OAuthClient("client id", key: key) });
        NoSecret.In(wire.Log, SentAssertion.Of(wire.LastRequest).Jwt);
        return SentAssertion.Of(wire.LastRequest);
    }

    private static HashAlgorithmName Hash(string algorithm) => new("SHA" + algorithm[2..]);
}
