using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Tests.Protocol;

public class BoundedContentTests
{
    // A header costs a server nothing.
    [Fact]
    public async Task A_length_that_is_only_claimed_costs_no_memory()
    {
        using var content = new StreamContent(new MemoryStream("short"u8.ToArray()));
        content.Headers.ContentLength = 200 * OAuthRequest.OneMebibyte;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var body = await BoundedContent.ReadAsync(content, 256 * OAuthRequest.OneMebibyte, CancellationToken.None);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * OAuthRequest.OneMebibyte);
        Assert.Equal("short"u8.ToArray(), body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData(3 * OAuthRequest.OneMebibyte)]
    public async Task A_body_of_any_size_is_read_whole_with_its_length_said_or_not(int size)
    {
        var sent = new byte[size];
        new Random(size).NextBytes(sent);
        foreach (long? length in new long?[] { size, null })
        {
            using var content = new StreamContent(new MemoryStream(sent));
            content.Headers.ContentLength = length;

            Assert.Equal(sent, await BoundedContent.ReadAsync(content, 4 * OAuthRequest.OneMebibyte, CancellationToken.None));
        }
    }
}
