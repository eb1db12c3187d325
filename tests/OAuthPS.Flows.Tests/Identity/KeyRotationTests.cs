using System.Text.Json.Nodes;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>Which of a server's keys is meant, and when they are fetched again.</summary>
public class KeyRotationTests : IdTokenTest
{
    private const string WrongKey = "is signed with a key the server does not publish (kid)";

    [Fact]
    public async Task The_keys_are_fetched_once()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1"), SigningKey.OtherRsa.Jwk("k2")));

        await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1")));
        await CheckAsync(SigningKey.OtherRsa.Sign(Claims, "RS256", Header("k2")));

        Assert.Equal(["GET https://login.example.com/keys\nAccept: application/json\n\n"], Wire.Requests);
    }

    [Fact]
    public async Task An_unknown_key_is_looked_for_once_more_and_not_more_than_once_a_minute()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("old")));
        await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("old")));
        var rotated = SigningKey.OtherRsa.Sign(Claims, "RS256", Header("new"));

        Wire.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        await RefusesAsync(rotated, WrongKey);
        Assert.Single(Wire.Requests);

        Wire.Clock.Advance(TimeSpan.FromTicks(1));
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("old"), SigningKey.OtherRsa.Jwk("new")));
        Assert.Equal("ada", await CheckAsync(rotated));
        Assert.Equal(2, Wire.Requests.Count);

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("made-up")), WrongKey);
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Theory]
    [InlineData("\"x\\ud800\":1")]
    [InlineData("\"x5t\":\"\\ud800\"")]
    [InlineData("\"kid\":\"k1\"")]
    public async Task A_key_that_two_readers_may_take_differently_is_none(string member)
    {
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk("k1")).Replace("\"kid\"", $"{member},\"kid\"", StringComparison.Ordinal));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1")), WrongKey);
    }

    [Fact]
    public async Task Many_tokens_of_unknown_keys_at_once_cost_one_request()
    {
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk("k1")));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header($"made-up-{number}")), WrongKey)));

        Assert.Single(Wire.Requests);
    }

    [Fact]
    public async Task Without_a_kid_the_one_key_that_fits_is_meant()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1"), SigningKey.P256.Jwk("k2"), SigningKey.P384.Jwk("k3"), SigningKey.OtherRsa.Jwk("k4", use: "enc")));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256")));
        Assert.Equal("ada", await CheckAsync(SigningKey.P256.Sign(Claims, "ES256"), "ES256"));
    }

    [Fact]
    public async Task Without_a_kid_and_with_several_keys_that_fit_nobody_can_say_who_signed()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1"), SigningKey.OtherRsa.Jwk("k2")));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256"), WrongKey);
    }

    [Fact]
    public async Task Two_keys_of_one_name_are_none()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1"), SigningKey.OtherRsa.Jwk("k1")));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1")), WrongKey);
    }

    [Theory]
    [InlineData("{\"keys\":[]}", "IdTokenInvalid")]
    [InlineData("{\"keys\":[null,7,\"k1\",{},{\"kty\":5,\"kid\":{}}]}", "IdTokenInvalid")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\"}]}", "IdTokenInvalid")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"!\",\"e\":\"!\"}]}", "IdTokenInvalid")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}", "IdTokenInvalid")]
    [InlineData("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":7,\"e\":[]}]}", "IdTokenInvalid")]
    [InlineData("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"k1\",\"k\":\"c2VjcmV0\"}]}", "IdTokenInvalid")]
    [InlineData("{\"keys\":{}}", "ResponseNotJson")]
    [InlineData("[]", "ResponseNotJson")]
    [InlineData("<html>", "ResponseNotJson")]
    public async Task Keys_that_are_none_are_refused(string body, string id)
    {
        Wire.Answers(Wire.Json(body));

        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1"))));

        Assert.Equal(id, failure.ErrorId);
    }

    [Fact]
    public async Task An_elliptic_key_that_is_none_is_refused()
    {
        var key = SigningKey.P256.Jwk("k1");
        key["x"] = "AAAA";
        Wire.Answers(Keys(key));

        await RefusesAsync(SigningKey.P256.Sign(Claims, "ES256", Header("k1")), "has a signature that does not fit", "ES256");
    }

    [Fact]
    public async Task Other_members_of_a_key_do_no_harm()
    {
        var key = SigningKey.Rsa.Jwk("k1");
        key["x5c"] = new JsonArray("AAAA");
        key["ext"] = true;
        Wire.Answers(Keys(key));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1"))));
    }
}
