using System.Text;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A server refuses at length: its status counts, and neither memory nor time goes into its words.</summary>
public class LongRefusalTests
{
    private const string Token = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{\"access_token\":\"t0ken\",\"token_type\":\"Bearer\"}";

    private static readonly ApiCall _call = new() { Uri = new Uri("/things", UriKind.Relative), MaximumRetryCount = 0 };

    [Theory]
    [InlineData("400 Bad Request", "RequestRefused")]
    [InlineData("403 Forbidden", "Forbidden")]
    [InlineData("500 Oops", "ServerError")]
    public async Task Of_a_refusal_of_an_API_no_more_than_a_mebibyte_is_read(string status, string errorId)
    {
        long written = 0;
        await using var server = new RawServer(async (stream, request, stop) =>
        {
            if (request.StartsWith("POST /oauth2/token", StringComparison.Ordinal))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(Token), stop);
                return;
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{{\"message\":\""), stop);
            var block = Enumerable.Repeat((byte)'x', 64 * 1024).ToArray();
            for (; written < 64 * OAuthRequest.OneMebibyte; written += block.Length)
                await stream.WriteAsync(block, stop);
        });
        var session = await ConnectAsync(server);

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(_call));

        Assert.Equal((errorId, null), (error.ErrorId, error.ErrorDescription));

        // What the sockets hold between the two comes on top.
        Assert.InRange(Interlocked.Read(ref written), 0, 32 * OAuthRequest.OneMebibyte);
    }

    [Theory]
    [InlineData("400 Bad Request", "RequestRefused")]
    [InlineData("401 Unauthorized", "Unauthorized")]
    public async Task A_refusal_that_announces_more_than_a_mebibyte_is_told_by_its_status_and_not_waited_for(string status, string errorId)
    {
        await using var server = new RawServer(async (stream, _, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 99999999999\r\n\r\n"), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => ConnectAsync(server));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task A_token_that_is_refused_at_length_is_renewed_all_the_same()
    {
        var wire = new Wire().Answers(Given.Token("first"), Wire.Json($"\"{new string('x', 2 * OAuthRequest.OneMebibyte)}\"", "401 Unauthorized"), Given.Token("second"), Wire.Json("{}"));
        var session = await wire.ConnectAsync(Given.Blynk);

        await session.SendAsync(_call);

        Assert.Contains("Authorization: Bearer second", wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_the_first_64_Ki_characters_nothing_is_looked_for()
    {
        var words = "No. " + new string('x', 70_000);

        Assert.StartsWith("No. xxx", WireFormat.Clean(words + "s3cr3t", ["s3cr3t"]), StringComparison.Ordinal);
        Assert.StartsWith("***No. xxx", WireFormat.Clean("s3cr3t" + words, ["s3cr3t"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(3001)]
    [InlineData(40_000)]
    public void A_secret_that_is_cut_in_half_does_not_show(int length)
    {
        var secret = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * 7 % 26))));

        var shown = WireFormat.Clean(string.Concat(Enumerable.Repeat(secret, (100_000 / length) + 1)), [secret]);

        Assert.DoesNotContain(secret[..12], shown, StringComparison.Ordinal);
    }

    private static Task<OAuthSession> ConnectAsync(RawServer server) =>
        OAuthConnection.ConnectAsync(Given.Blynk with { ServiceUrl = server.Url }, RawServer.Transport(new FakeTimeProvider(Given.Start)), new RecordingLog());
}
