using System.Net;
using System.Text;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>RFC 6749 section 5.1, as servers really answer.</summary>
public class TokenResponseTests
{
    [Theory]
    [InlineData("3600", 3600)]
    [InlineData("\"3600\"", 3600)]
    [InlineData("3600.9", 3600)]
    [InlineData("\"3.6e3\"", 3600)]
    [InlineData("3.6e3", 3600)]
    [InlineData("2147483648", 2147483648)]
    public async Task A_lifetime_is_read_as_a_number_or_a_text_and_counts_from_the_request(string expiresIn, long seconds)
    {
        var wire = new Wire().Answers(Wire.Json($$"""{"access_token":"t","token_type":"Bearer","expires_in":{{expiresIn}}}"""));
        var asked = wire.Clock.GetUtcNow();

        var session = await wire.ConnectAsync(Given.Blynk);

        Assert.Equal(asked.AddSeconds(seconds), session.ExpiresAt);
    }

    [Theory]
    [InlineData("1767326645")]
    [InlineData("\"1767326645\"")]
    [InlineData("1767326645.25")]
    public async Task A_moment_is_read_as_a_number_or_a_text(string expiresAt)
    {
        var wire = new Wire().Answers(Wire.Json($$"""{"access_token":"t","token_type":"bearer","expires_at":{{expiresAt}}}"""));

        var session = await wire.ConnectAsync(Given.SpatiaFi);

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1767326645), session.ExpiresAt);
    }

    [Theory]
    [InlineData("""{"access_token":"t"}""")]
    [InlineData("""{"access_token":"t","token_type":"BEARER","expires_in":null,"expires_at":null,"scope":null,"refresh_token":null}""")]
    [InlineData("""{"access_token":"t","token_type":"","expires_in":null,"refresh_token":"","scope":""}""")]
    [InlineData("""{"access_token":"t","token_type":null,"scope":[],"refresh_token":false}""")]
    public async Task What_is_missing_null_or_empty_is_as_good_as_not_there(string body)
    {
        var wire = new Wire().Answers(Wire.Json(body), Wire.Json("{}"));

        var session = await wire.ConnectAsync(Given.SpatiaFi);
        wire.Clock.Advance(TimeSpan.FromDays(400));
        await session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative) });

        Assert.Null(session.ExpiresAt);
        Assert.Null(session.Scope);
        Assert.False(session.IsExpired);
        Assert.Contains("Authorization: Bearer t\n", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_and_a_wrong_content_type_do_not_matter()
    {
        var wire = new Wire().Answers("HTTP/1.1 200 OK\nContent-Type: text/plain; charset=utf-16\n\n\uFEFF{\"access_token\":\"t\",\"expires_in\":60}");

        Assert.Equal("t", (await (await wire.ConnectAsync(Given.SpatiaFi)).GetTokenAsync()).TokenOf());
    }

    [Fact]
    public async Task A_scope_is_kept_whole_however_long()
    {
        var scope = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"Project:key-{i}"));
        var wire = new Wire().Answers(Wire.Json($$"""{"access_token":"the-token","expires_in":600,"scope":"{{scope}}"}"""));

        Assert.Equal(scope, (await wire.ConnectAsync(Given.Space)).Scope);
    }

    [Fact]
    public async Task A_scope_that_repeats_secrets_or_commands_a_terminal_does_neither()
    {
        var wire = new Wire().Answers(Wire.Json("""{"access_token":"the-token","refresh_token":"the-refresh","expires_in":600,"scope":"a client secret the-token the-refresh \u001b[31m"}"""));

        var session = await wire.ConnectAsync(Given.Space);

        NoSecret.In($"{session.Scope}\n{wire.Log.Text}", Given.ClientSecret, "the-token", "the-refresh");
        Assert.DoesNotContain(session.Scope!, char.IsControl);
    }

    [Fact]
    public async Task A_scope_that_is_granted_as_it_was_asked_for_is_the_users_own_words_even_where_a_secret_is_one_of_them()
    {
        var client = new OAuthClient("id", new Secret("read"));
        var wire = new Wire().Answers(
            Wire.Json("""{"access_token":"the-token","expires_in":600,"scope":"read write"}"""),
            Wire.Json("""{"access_token":"the-token","expires_in":600,"scope":"read"}"""));

        var granted = await wire.ConnectAsync(Given.Space with { Client = client, Scope = ["read", "write"] });
        var another = await wire.ConnectAsync(Given.Space with { Client = client, Scope = ["read", "write"] });

        Assert.Equal("read write", granted.Scope);
        Assert.Equal("***", another.Scope);
    }

    [Fact]
    public async Task A_scope_that_is_granted_as_it_was_asked_for_commands_no_terminal_either()
    {
        var wire = new Wire().Answers(Wire.Json("""{"access_token":"the-token","scope":" a\u001b[31mb "}"""));

        Assert.Equal("a\\u001B[31mb", (await wire.ConnectAsync(Given.Space with { Scope = [" a\u001b[31mb "] })).Scope);
    }

    [Fact]
    public void A_token_lives_until_the_end_of_the_calendar_at_most_to_the_second()
    {
        var sentAt = new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);
        var longest = (DateTimeOffset.MaxValue - sentAt).Ticks / TimeSpan.TicksPerSecond;

        Assert.Equal(sentAt.AddTicks(longest * TimeSpan.TicksPerSecond), Read(longest).AccessToken.ExpiresAt);
        Assert.Null(Read(longest + 1).AccessToken.ExpiresAt);

        TokenResponse Read(long seconds) => TokenResponse.Read(
            MutatedResponseTests.Response(Encoding.UTF8.GetBytes($$"""{"access_token":"t","expires_in":{{seconds}}}"""), HttpStatusCode.OK), new TokenRequest(new Uri("https://h.example/token")), sentAt);
    }

    [Theory]
    [InlineData("mac")]
    [InlineData("MAC")]
    [InlineData("DPoP")]
    [InlineData("pop")]
    [InlineData("N_A")]
    [InlineData("\\u001b]0;owned\\u0007")]
    public async Task A_token_that_needs_another_scheme_is_not_used(string tokenType)
    {
        var wire = new Wire().Answers(Wire.Json($$"""{"access_token":"the-token","token_type":"{{tokenType}}","expires_in":600,"refresh_token":"the-refresh"}"""));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => wire.ConnectAsync(Given.Blynk));

        Assert.Equal("TokenTypeUnknown", error.ErrorId);
        Assert.DoesNotContain(error.Message, char.IsControl);
        NoSecret.In(error, Given.ClientSecret, "the-token", "the-refresh");
        NoSecret.In(wire.Log, Given.ClientSecret, "the-token", "the-refresh");
    }
}
