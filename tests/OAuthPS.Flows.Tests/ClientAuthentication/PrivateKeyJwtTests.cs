using System.Security.Cryptography;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

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

        Assert.Throws<ArgumentException>(() => new ClientKey(rsa, algorithm: "ES256"));
        Assert.Throws<ArgumentException>(() => new ClientKey(rsa, algorithm: "none"));
        Assert.Throws<ArgumentException>(() => new ClientKey(rsa, algorithm: "HS256"));
        Assert.Throws<ArgumentException>(() => new ClientKey(curve, algorithm: "ES384"));
        Assert.Throws<ArgumentException>(() => new ClientKey(dsa));
    }

    private static async Task<SentAssertion> SendAsync(ClientKey key)
    {
        var wire = new Wire().Answers(Given.Token("token"));
        await wire.ConnectAsync(new ConnectRequest { Provider = _provider, Client = new OAuthClient("client id", key: key) });
        NoSecret.In(wire.Log, SentAssertion.Of(wire.LastRequest).Jwt);
        return SentAssertion.Of(wire.LastRequest);
    }

    private static HashAlgorithmName Hash(string algorithm) => new("SHA" + algorithm[2..]);
}
