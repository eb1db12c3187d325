using System.Text.Json.Nodes;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

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
    [InlineData("exp", null, "does not say when it expires (exp is missing)")]
    [InlineData("exp", "\"9999999999\"", "does not say when it expires (exp is no number)")]
    [InlineData("exp", "-300", "expired on 2026-01-02 02:59:05Z (exp)")]
    [InlineData("exp", "-1e12", "expired (exp)")]
    [InlineData("iat", null, "does not say when it was issued (iat is missing)")]
    [InlineData("iat", "\"1\"", "does not say when it was issued (iat is no number)")]
    [InlineData("iat", "+300", "was issued in the future, on 2026-01-02 03:09:05Z (iat)")]
    [InlineData("iat", "1767323045000", "was issued in the future (iat)")]
    [InlineData("nbf", "+300", "is not valid yet (nbf)")]
    [InlineData("nonce", "\"another\"", "answers another request (nonce)")]
    [InlineData("nonce", null, "answers another request (nonce)")]
    [InlineData("at_hash", "\"77QmUPtjPfzWtF2AnpK9RR\"", "belongs to another access token (at_hash)")]
    [InlineData("at_hash", "\"\"", "belongs to another access token (at_hash)")]
    [InlineData("at_hash", "7", "belongs to another access token (at_hash)")]
    [InlineData("iss", "[\"https://login.example.com\"]", "is of another issuer (iss)")]
    [InlineData("exp", "1e999", "does not say when it expires (exp is no number)")]
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

    [Theory]
    [InlineData("\"the-client\"", "\"phone-app\"")]
    [InlineData("[\"the-client\",\"https://api.example.com/\"]", null)]
    [InlineData("[\"the-client\",\"https://api.example.com/\"]", "\"phone-app\"")]
    [InlineData("[\"https://api.example.com/\",\"the-client\"]", "\"the-client\"")]
    public async Task A_party_that_the_provider_file_names_may_use_it_or_have_it_too(string audience, string? party)
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk()));

        Assert.Equal("ada", await CheckAsync(WithParty(audience, party), ["phone-app", "https://api.example.com/"]));
    }

    [Theory]
    [InlineData("\"phone-app\"", null, "is meant for another client (aud)", "check the clock")]
    [InlineData("\"the-client\"", "\"PHONE-APP\"", "is meant for use by another client (azp)", "If you trust 'PHONE-APP', list it in idTokenParties of the provider file")]
    [InlineData("\"the-client\"", "[\"phone-app\"]", "is meant for use by another client (azp)", "Report it")]
    [InlineData("[\"the-client\",\"phone-app\",\"x\\u001b[2J\"]", null, "is meant for several clients and does not say which may use it (azp)", "If you trust 'x\\u001B[2J'")]
    [InlineData("[\"the-client\",null]", null, "is meant for several clients and does not say which may use it (azp)", "Report it")]
    public async Task Any_other_party_is_refused_and_named(string audience, string? party, string flaw, string next)
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk()));

        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => CheckAsync(WithParty(audience, party), ["phone-app"]));

        Assert.Equal($"The ID token {flaw}, so neither it nor the tokens beside it are used.", failure.WhatHappened);
        Assert.Contains(next, failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subject_has_255_characters_at_most()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk()));
        Assert.Equal(new string('s', 255), await CheckAsync(SigningKey.Rsa.Sign(With("sub", $"\"{new string('s', 255)}\""), "RS256")));

        await RefusesAsync(SigningKey.Rsa.Sign(With("sub", $"\"{new string('s', 256)}\""), "RS256"), "names no subject (sub)");
    }

    private string WithParty(string audience, string? party)
    {
        var claims = With("aud", audience);
        if (party is not null)
            claims["azp"] = JsonNode.Parse(party);
        return SigningKey.Rsa.Sign(claims, "RS256");
    }

    private Task<string> CheckAsync(string token, IReadOnlyList<string> parties) => IdToken.CheckAsync(
        new Secret(token),
        new IdTokenExpectation(Issuer, ClientId, ["RS256"], Nonce, new Secret(AccessToken)) { Parties = parties },
        KeySet.At(Wire.Transport, new Uri($"{Issuer}/keys")),
        Wire.Clock,
        Wire.Log,
        CancellationToken.None);

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
