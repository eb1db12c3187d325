using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>ID tokens of a server of many tenants: the metadata has a placeholder for the tenant, and the token's own <c>tid</c> must fill it.</summary>
public class TenantIdTokenTests : IdTokenTest
{
    private const string Template = "https://login.example.com/{tenantid}/v2.0";

    [Theory]
    [InlineData("7a1b", "https://login.example.com/7a1b/v2.0", true)]
    [InlineData("7a1b", "https://login.example.com/other/v2.0", false)]
    [InlineData("7a1b", "https://login.example.com/{tenantid}/v2.0", false)]
    [InlineData("7a1b", "https://login.evil.example/7a1b/v2.0", false)]
    [InlineData("{tenantid}", "https://login.example.com/{tenantid}/v2.0", false)]
    [InlineData("7a1b/v2.0/x", "https://login.example.com/7a1b/v2.0/x/v2.0", false)]
    [InlineData("", "https://login.example.com//v2.0", false)]
    [InlineData(null, "https://login.example.com/7a1b/v2.0", false)]
    public async Task The_issuer_is_the_tenants(string? tenant, string issuer, bool isGood)
    {
        var claims = Claims;
        claims["iss"] = issuer;
        if (tenant is not null)
        {
            claims["tid"] = tenant;
        }

        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1")));
        var check = () => IdToken.CheckAsync(
            new Secret(SigningKey.Rsa.Sign(claims, "RS256", Header("k1"))),
            new IdTokenExpectation(Template, ClientId, ["RS256"], Nonce, new Secret(AccessToken)),
            KeySet.At(Wire.Transport, new Uri($"{Issuer}/keys")),
            Wire.Clock,
            Wire.Log,
            CancellationToken.None);

        // Whoever the token names: not the asked address, the placeholder with its tenant is what it must agree with.
        if (isGood)
        {
            Assert.Equal("ada", await check());
        }
        else
        {
            Assert.Matches(
                @"is of another issuer \(iss\)|names no tenant \(tid\)", (await Assert.ThrowsAsync<OAuthProtocolException>(check)).WhatHappened);
        }
    }
}
