using System.Text.Json.Nodes;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>A server leaves the name of its key out of its keys, of its tokens, or of both.</summary>
public class NamelessKeyTests : IdTokenTest
{
    private const string WrongKey = "is signed with a key the server does not publish (kid)";
    private const string WrongSignature = "has a signature that does not fit";

    [Fact]
    public async Task A_key_without_a_name_may_be_the_one_that_a_token_names()
    {
        Wire.Answers(Keys(SigningKey.P256.Jwk("other"), SigningKey.Rsa.Jwk()));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1"))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("k1")]
    public async Task Of_several_without_a_name_each_that_fits_is_tried(string? keyId)
    {
        Wire.Answers(Keys(SigningKey.P256.Jwk(), SigningKey.OtherRsa.Jwk(), SigningKey.Rsa.Jwk()));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header(keyId))));
        Assert.Equal("ada", await CheckAsync(SigningKey.P256.Sign(Claims, "ES256", Header(keyId)), "ES256"));
        Assert.Single(Wire.Requests);
    }

    [Fact]
    public async Task A_signature_of_none_of_them_is_refused()
    {
        Wire.Answers(Keys(SigningKey.OtherRsa.Jwk(), SigningKey.OtherRsa.Jwk()));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256"), WrongSignature);
        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1")), WrongSignature);
    }

    [Fact]
    public async Task A_key_that_has_the_name_is_the_only_one_that_is_meant()
    {
        Wire.Answers(Keys(SigningKey.OtherRsa.Jwk("k1"), SigningKey.Rsa.Jwk(), SigningKey.Rsa.Jwk("k2", use: "enc")));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1")), WrongSignature);
        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k2")), WrongKey);
    }

    [Fact]
    public async Task One_name_for_signatures_and_for_encryption_is_no_doubt()
    {
        Wire.Answers(Keys(SigningKey.OtherRsa.Jwk("k1", use: "enc"), SigningKey.Rsa.Jwk("k1", use: "sig"), SigningKey.OtherRsa.Jwk("k1", algorithm: "RSA-OAEP")));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256", Header("k1"))));
    }

    [Fact]
    public async Task No_more_than_sixteen_are_tried()
    {
        static JsonObject[] Others(int count) => [.. Enumerable.Range(0, count).Select(_ => SigningKey.OtherRsa.Jwk())];
        Wire.Answers(Keys([.. Others(15), SigningKey.Rsa.Jwk()]), Keys([.. Others(16), SigningKey.P256.Jwk(), SigningKey.Rsa.Jwk()]));
        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256")));

        Wire.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ada", await CheckAsync(SigningKey.P256.Sign(Claims, "ES256"), "ES256"));

        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256"), WrongSignature);
    }

    [Fact]
    public async Task A_key_without_a_name_that_was_changed_for_another_is_asked_for_again()
    {
        Wire.Answers(Keys(SigningKey.OtherRsa.Jwk()), Keys(SigningKey.Rsa.Jwk()));
        Assert.Equal("ada", await CheckAsync(SigningKey.OtherRsa.Sign(Claims, "RS256")));
        await RefusesAsync(SigningKey.Rsa.Sign(Claims, "RS256"), WrongSignature);

        Wire.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("ada", await CheckAsync(SigningKey.Rsa.Sign(Claims, "RS256")));
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task A_wrong_signature_is_told_as_what_may_be_forged()
    {
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk("k1")));

        var forged = await Assert.ThrowsAsync<OAuthProtocolException>(() => CheckAsync(SigningKey.OtherRsa.Sign(Claims, "RS256", Header("k1"))));
        var unknown = await Assert.ThrowsAsync<OAuthProtocolException>(() => CheckAsync(SigningKey.OtherRsa.Sign(Claims, "RS256", Header("k2"))));

        Assert.Equal("It may be forged: do not just try again, but tell the administrator of the server.", forged.RecommendedAction);
        Assert.DoesNotContain("forged", unknown.RecommendedAction, StringComparison.Ordinal);
    }
}
