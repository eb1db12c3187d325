using System.Text.Json.Nodes;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>OpenID Connect Core 1.0 section 3.1.3.7: every flaw of the conformance profile's list, in a token that is well signed.</summary>
public class IdTokenClaimTests : IdTokenTest
{
    [Theory]
    [InlineData("iss", "\"https://evil.example\"", "is of another issuer (iss)")]
    [InlineData("iss", "\"https://login.example.com/\"", "is of another issuer (iss)")]
    [InlineData("iss", null, "is of another issuer (iss)")]
    [InlineData("sub", null, "names no subject (sub)")]
    [InlineData("sub", "\"\"", "names no subject (sub)")]
    [InlineData("sub", "7", "names no subject (sub)")]
    [InlineData("aud", "\"another-client\"", "is meant for another client (aud)")]
    [InlineData("aud", "\"THE-CLIENT\"", "is meant for another client (aud)")]
    [InlineData("aud", null, "is meant for another client (aud)")]
    [InlineData("aud", "[]", "is meant for another client (aud)")]
    [InlineData("aud", "[\"another-client\",7,null]", "is meant for another client (aud)")]
    [InlineData("aud", "{\"the-client\":1}", "is meant for another client (aud)")]
    [InlineData("aud", "[\"the-client\",\"another-client\"]", "is meant for several clients and does not say which may use it (azp)")]
    [InlineData("azp", "\"another-client\"", "is meant for use by another client (azp)")]
    [InlineData("azp", "7", "is meant for use by another client (azp)")]
    [InlineData("exp", null, "has expired, or does not say when (exp)")]
    [InlineData("exp", "\"9999999999\"", "has expired, or does not say when (exp)")]
    [InlineData("exp", "-300", "has expired, or does not say when (exp)")]
    [InlineData("iat", null, "was issued in the future, or does not say when (iat)")]
    [InlineData("iat", "\"1\"", "was issued in the future, or does not say when (iat)")]
    [InlineData("iat", "+300", "was issued in the future, or does not say when (iat)")]
    [InlineData("nbf", "+300", "is not valid yet (nbf)")]
    [InlineData("nonce", "\"another\"", "answers another request (nonce)")]
    [InlineData("nonce", null, "answers another request (nonce)")]
    [InlineData("at_hash", "\"77QmUPtjPfzWtF2AnpK9RR\"", "belongs to another access token (at_hash)")]
    [InlineData("at_hash", "\"\"", "belongs to another access token (at_hash)")]
    [InlineData("at_hash", "7", "belongs to another access token (at_hash)")]
    [InlineData("iss", "[\"https://login.example.com\"]", "is of another issuer (iss)")]
    [InlineData("exp", "1e999", "has expired, or does not say when (exp)")]
    public async Task A_claim_that_does_not_hold_is_refused(string name, string? value, string flaw)
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk()));

        await RefusesAsync(SigningKey.Rsa.Sign(With(name, value), "RS256"), flaw);
    }

    [Theory]
    [InlineData("aud", "[\"the-client\"]")]
    [InlineData("azp", "\"the-client\"")]
    [InlineData("exp", "-299")]
    [InlineData("iat", "+299")]
    [InlineData("iat", "-99999999")]
    [InlineData("exp", "+0.5")]
    [InlineData("at_hash", null)]
    [InlineData("acr", "{\"anything\":[1]}")]
    public async Task What_the_specification_allows_is_taken(string name, string? value)
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk()));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(With(name, value), "RS256")));
    }

    [Fact]
    public async Task Several_audiences_are_taken_when_the_authorized_party_is_this_client()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk()));
        var claims = With("aud", "[\"another-client\",\"the-client\"]");
        claims["azp"] = ClientId;

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(claims, "RS256")));
    }

    [Fact]
    public async Task A_subject_has_255_characters_at_most()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk()));
        Assert.Equal(new string('s', 255), await CheckAsync(SigningKey.Rsa.Sign(With("sub", $"\"{new string('s', 255)}\""), "RS256")));

        await RefusesAsync(SigningKey.Rsa.Sign(With("sub", $"\"{new string('s', 256)}\""), "RS256"), "names no subject (sub)");
    }

    private JsonObject With(string name, string? json)
    {
        var claims = Claims;
        claims.Remove(name);
        if (json is not null)
        {
            claims[name] = json[0] is '+' or '-'
                ? JsonNode.Parse((Now + double.Parse(json, System.Globalization.CultureInfo.InvariantCulture)).ToString("R", System.Globalization.CultureInfo.InvariantCulture))
                : JsonNode.Parse(json);
        }

        return claims;
    }
}
