using System.Security.Cryptography;
using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.ClientAuthentication;

/// <summary>An assertion for a request of somebody else's.</summary>
public sealed class SignedClientAssertionTests
{
    private const string Audience = "https://login.example.com/token";

    private readonly FakeTimeProvider _clock = new(Given.Start);

    [Fact]
    public void A_secret_signs_HS256_for_five_minutes()
    {
        var assertion = SignedClientAssertion.Create(Given.Client, new() { Audience = Audience, Clock = _clock });

        var read = JsonWebToken.ReadVerified(assertion.Value, VerificationKeys.FromSecret(new Secret(Given.ClientSecret)));
        Assert.Equal(("HS256", "HS256", Given.ClientId, Given.ClientId), (assertion.Algorithm, read.Algorithm, read.Issuer, read.Subject));
        Assert.Equal([Audience], read.Audience);
        Assert.Equal((_clock.GetUtcNow(), _clock.GetUtcNow().AddMinutes(5), assertion.ExpiresAt), (read.Time("iat"), assertion.ExpiresAt, read.Time("exp")));
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", assertion.Type);
        NoSecret.In($"{assertion} {JsonSerializer.Serialize(assertion)}", assertion.Value.Reveal(), Given.ClientSecret);
    }

    [Fact]
    public void A_key_signs_with_the_algorithm_that_the_provider_announces()
    {
        using var key = RSA.Create(2048);
        var provider = BuiltInProviders.Get("SpatiaFi") with { TokenEndpointAuthSigningAlgorithms = ["ES256", "PS384"] };

        var assertion = SignedClientAssertion.Create(
            new OAuthClient("me", key: new ClientKey(key)), new() { Audience = Audience, Lifetime = TimeSpan.FromSeconds(30), Provider = provider, Clock = _clock });

        Assert.Equal("PS384", assertion.Algorithm);
        Assert.Equal("me", JsonWebToken.ReadVerified(assertion.Value, VerificationKeys.FromKey(key)).Issuer);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(30), assertion.ExpiresAt);
    }

    [Fact]
    public void Claims_are_added_as_they_are()
    {
        var assertion = SignedClientAssertion.Create(
            Given.Client, new() { Audience = Audience, AdditionalClaims = Claims("""{"nbf":7,"roles":["a",{"b":null}]}"""), Clock = _clock });

        var claims = JsonWebToken.Read(assertion.Value).Claims;
        Assert.Equal("7 [\"a\",{\"b\":null}]", $"{claims.GetProperty("nbf").GetRawText()} {claims.GetProperty("roles").GetRawText()}");
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("aud")]
    [InlineData("jti")]
    [InlineData("iat")]
    [InlineData("exp")]
    public void A_claim_that_every_assertion_has_is_not_replaced(string claim)
    {
        var refused = Assert.Throws<OAuthUsageException>(() => SignedClientAssertion.Create(
            Given.Client, new() { Audience = Audience, AdditionalClaims = Claims($$"""{"{{claim}}":"canary"}""") }));

        Assert.Equal("AdditionalClaimTaken", refused.ErrorId);
        Assert.Contains($"'{claim}'", refused.WhatHappened, StringComparison.Ordinal);
        NoSecret.In(refused, "canary");
    }

    [Fact]
    public void A_public_client_has_nothing_to_sign_with() => Assert.Equal(
        "MissingParameter", Assert.Throws<OAuthUsageException>(() => SignedClientAssertion.Create(new OAuthClient("me"), new() { Audience = Audience })).ErrorId);

    private static Dictionary<string, JsonElement> Claims(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
