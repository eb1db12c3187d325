namespace OAuthPS.Flows.Tests.Identity;

/// <summary>For how long a server's keys are kept, and how often a token can have them asked for.</summary>
public class KeptKeyTests : IdTokenTest
{
    private const string Unknown = "is signed with a key the server does not publish (kid)";

    [Fact]
    public async Task A_key_that_the_server_has_taken_back_is_not_taken_for_longer_than_a_day()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1")), Keys(SigningKey.OtherRsa.Jwk("k2")));
        await CheckAsync(Signed("k1"));

        Wire.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        await CheckAsync(Signed("k1"));
        Assert.Single(Wire.Requests);

        Wire.Clock.Advance(TimeSpan.FromTicks(1));
        await RefusesAsync(Signed("k1"), Unknown);
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task They_are_asked_for_again_when_their_response_says_so()
    {
        Wire.Answers(
            Keys(SigningKey.Rsa.Jwk("k1")).Replace("\n\n", "\nCache-Control: max-age=300\n\n", StringComparison.Ordinal),
            Keys(SigningKey.OtherRsa.Jwk("k2")));
        await CheckAsync(Signed("k1"));

        Wire.Clock.Advance(TimeSpan.FromMinutes(5));

        await RefusesAsync(Signed("k1"), Unknown);
    }

    [Fact]
    public async Task While_the_server_cannot_be_reached_the_old_keys_serve_for_a_day()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1")).Replace("\n\n", "\nCache-Control: max-age=300\n\n", StringComparison.Ordinal));
        await CheckAsync(Signed("k1"));
        Wire.Otherwise(_ => "HTTP/1.1 503 Unavailable\nRetry-After: 3600\n\n");

        Wire.Clock.Advance(TimeSpan.FromHours(20));
        Assert.Equal("ada", await CheckAsync(Signed("k1")));

        Wire.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal("ServerError", (await Assert.ThrowsAsync<OAuthServerException>(() => CheckAsync(Signed("k1")))).ErrorId);
    }

    [Fact]
    public async Task A_request_that_failed_counts_so_that_no_number_of_tokens_asks_more_than_once_a_minute()
    {
        Wire.Otherwise(_ => "HTTP/1.1 404 Not Found\n\n");
        for (var number = 0; number < 20; number++)
        {
            var failure = await Assert.ThrowsAsync<OAuthServerException>(() => CheckAsync(Signed($"made-up-{number}")));
            Assert.Equal("EndpointNotFound", failure.ErrorId);
        }

        Assert.Single(Wire.Requests);

        Wire.Clock.Advance(TimeSpan.FromMinutes(1));
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk("k1")));
        Assert.Equal("ada", await CheckAsync(Signed("k1")));
    }

    [Fact]
    public async Task A_made_up_key_does_not_ask_more_often_where_the_keys_are_there_and_their_server_is_not()
    {
        Wire.Answers(Keys(SigningKey.Rsa.Jwk("k1")));
        await CheckAsync(Signed("k1"));
        Wire.Clock.Advance(TimeSpan.FromMinutes(2));
        Wire.Otherwise(_ => "HTTP/1.1 404 Not Found\n\n");

        for (var number = 0; number < 20; number++)
            await Assert.ThrowsAsync<OAuthServerException>(() => CheckAsync(Signed($"made-up-{number}")));

        Assert.Equal(2, Wire.Requests.Count);
        Assert.Equal("ada", await CheckAsync(Signed("k1")));
        Assert.Equal(2, Wire.Requests.Count);
    }

    [Fact]
    public async Task A_response_that_forbids_to_keep_it_does_not_have_each_token_ask()
    {
        Wire.Otherwise(_ => Keys(SigningKey.Rsa.Jwk("k1")).Replace("\n\n", "\nCache-Control: no-store\n\n", StringComparison.Ordinal));

        for (var number = 0; number < 20; number++)
            await CheckAsync(Signed("k1"));

        Assert.Single(Wire.Requests);
    }

    // Signed anew each time: the clock moves.
    private string Signed(string keyId) => SigningKey.Rsa.Sign(Claims, "RS256", Header(keyId));
}
