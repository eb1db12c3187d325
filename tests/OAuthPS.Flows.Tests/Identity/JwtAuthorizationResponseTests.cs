using System.Text.Json.Nodes;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>Signed authorization answers and each of their checks (JARM section 2.4).</summary>
public sealed class JwtAuthorizationResponseTests : IDisposable
{
    private const string Issuer = "https://login.example.com";

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    private JsonObject Claims => new()
    {
        ["iss"] = Issuer,
        ["aud"] = "the-client",
        ["exp"] = _wire.Clock.GetUtcNow().ToUnixTimeSeconds() + 600,
        ["code"] = "the+code",
        ["state"] = "the-state",
    };

    [Fact]
    public async Task Its_claims_are_the_parameters_and_its_own_are_not()
    {
        var parameters = await OpenAsync(SigningKey.Rsa.Sign(Claims, "RS256"));

        Assert.Equal("code=the+code,iss=https://login.example.com,state=the-state", string.Join(',', parameters.OrderBy(one => one.Key).Select(one => $"{one.Key}={one.Value}")));
    }

    public static TheoryData<string, string, string> Flaws => new()
    {
        { "iss", "\"https://elsewhere.example.com\"", "is of another issuer (iss)" },
        { "aud", "\"another-client\"", "is meant for another client (aud)" },
        { "aud", "null", "is meant for another client (aud)" },
        { "exp", "1", "has expired, or does not say when (exp)" },
        { "exp", "null", "has expired, or does not say when (exp)" },
        { "nbf", "99999999999", "is not valid yet (nbf)" },
    };

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task An_answer_that_is_not_this_servers_for_this_client_now_is_not_used(string claim, string value, string flaw)
    {
        var claims = Claims;
        claims[claim] = JsonNode.Parse(value);

        await RefusesAsync(SigningKey.Rsa.Sign(claims, "RS256"), flaw);
    }

    [Fact]
    public Task Another_key_is_not_the_servers() => RefusesAsync(SigningKey.OtherRsa.Sign(Claims, "RS256"), "has a signature that does not fit");

    [Fact]
    public Task An_algorithm_that_was_not_announced_is_refused() => RefusesAsync(SigningKey.Rsa.Sign(Claims, "PS256"), "is signed with an algorithm that was not expected (alg)");

    [Fact]
    public Task None_is_no_signature() => RefusesAsync(SigningKey.Input(Claims, "none", null) + ".", "is signed with an algorithm that was not expected (alg)");

    [Fact]
    public Task The_servers_public_key_is_no_shared_secret() => RefusesAsync(SigningKey.SignHs256(Claims, SigningKey.Rsa.PublicPem), "is signed with an algorithm that was not expected (alg)");

    [Theory]
    [InlineData("code=the-code")]
    [InlineData("a.b.c")]
    [InlineData("")]
    public Task What_is_no_JWT_is_no_answer(string response) => RefusesAsync(response, "is no JWT, though a signed response was asked for");

    private async Task RefusesAsync(string response, string flaw)
    {
        var refused = await Assert.ThrowsAsync<OAuthProtocolException>(() => OpenAsync(response));

        Assert.Equal("AuthorizationResponseInvalid", refused.ErrorId);
        Assert.Contains(flaw, refused.WhatHappened, StringComparison.Ordinal);
        NoSecret.In(refused, "the+code");
    }

    private Task<Dictionary<string, string>> OpenAsync(string response)
    {
        _wire.Answers(Wire.Json(new JsonObject { ["keys"] = new JsonArray(SigningKey.Rsa.Jwk()) }.ToJsonString()));
        return JwtAuthorizationResponse.OpenAsync(
            new Secret(response), new JwtAuthorizationExpectation(Issuer, "the-client", ["RS256"]), KeySet.At(_wire.Transport, new Uri($"{Issuer}/keys")), _wire.Clock, _wire.Log, CancellationToken.None);
    }
}
