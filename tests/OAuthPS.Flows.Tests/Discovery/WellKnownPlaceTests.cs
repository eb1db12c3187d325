using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.Tests.Discovery;

/// <summary>Where metadata is looked for when the first place has none: gateways answer what they do not know with anything.</summary>
public class WellKnownPlaceTests
{
    private const string Issuer = "https://sso.example.org/realms/main";
    private const string First = "https://sso.example.org/realms/main/.well-known/openid-configuration";
    private const string Second = "https://sso.example.org/.well-known/oauth-authorization-server/realms/main";
    private const string Document = """{"issuer":"https://sso.example.org/realms/main","token_endpoint":"https://sso.example.org/token"}""";

    private Wire Wire { get; } = new();

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\n\n")]
    [InlineData("HTTP/1.1 401 Unauthorized\nContent-Type: application/json\n\n{\"message\":\"unauthorized\"}")]
    [InlineData("HTTP/1.1 403 Forbidden\nContent-Type: text/html\n\n<html>blocked</html>")]
    [InlineData("HTTP/1.1 404 Not Found\n\n")]
    [InlineData("HTTP/1.1 410 Gone\n\n")]
    [InlineData("HTTP/1.1 501 Not Implemented\n\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>Sign in</html>")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\"message\":\"no such route\"}")]
    [InlineData("HTTP/1.1 204 No Content\n\n")]
    public async Task The_other_place_is_asked(string first)
    {
        Wire.Answers(first, Wire.Json(Document));

        var metadata = await GetAsync();

        Assert.Equal("https://sso.example.org/token", metadata.TokenEndpoint!.OriginalString);
        Assert.Equal([$"GET {First}\nAccept: application/json\n\n", $"GET {Second}\nAccept: application/json\n\n"], Wire.Requests);
    }

    [Fact]
    public async Task The_other_place_is_asked_when_the_first_fails_again_and_again()
    {
        Wire.Otherwise(request => request.Contains("openid-configuration", StringComparison.Ordinal) ? "HTTP/1.1 500 Oops\n\nboom" : Wire.Json(Document));

        var metadata = await Wire.PassTimeUntilAsync(GetAsync());

        Assert.Equal(Issuer, metadata.Issuer);
    }

    [Theory]
    [InlineData("401 Unauthorized", "404 Not Found", "EndpointNotFound")]
    [InlineData("403 Forbidden", "403 Forbidden", "EndpointNotFound")]
    [InlineData("404 Not Found", "501 Not Implemented", "ServerError")]
    public async Task Where_no_place_has_it_all_that_were_asked_are_named_with_what_they_said(string first, string second, string id)
    {
        Wire.Answers(Wire.Json("""{"error_description":"Route one is closed"}""", first), Wire.Json("{}", second));

        var failure = await Assert.ThrowsAsync<OAuthServerException>(GetAsync);

        Assert.Equal(id, failure.ErrorId);
        Assert.StartsWith($"The metadata of '{Issuer}' was not found. ", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{First} with status {first[..3]}. It says: Route one is closed.", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{Second} with status {second[..3]}.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_at_either_place_is_told_from_a_refusal()
    {
        Wire.Answers("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>", "HTTP/1.1 404 Not Found\n\n");

        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(GetAsync);

        Assert.Equal("ResponseNotJson", failure.ErrorId);
        Assert.Contains($"{First} was answered 200 with text/html", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{Second} with status 404.", failure.Message, StringComparison.Ordinal);
    }

    // Metadata that must not be used are an answer; whoever put them there must not have us look until we find some that suit.
    [Theory]
    [InlineData("""{"issuer":"https://evil.example"}""", "IssuerMismatch")]
    [InlineData("""{"issuer":"https://sso.example.org/realms/main","token_endpoint":"http://sso.example.org/token"}""", "MetadataInsecure")]
    [InlineData("""{"issuer":"https://sso.example.org/realms/main","token_endpoint":"https://a.example","token_endpoint":"https://b.example"}""", "ResponseIncomplete")]
    public async Task Metadata_that_must_not_be_used_end_the_search(string first, string id)
    {
        Wire.Answers(Wire.Json(first), Wire.Json(Document));

        Assert.Equal(id, (await Assert.ThrowsAsync<OAuthProtocolException>(GetAsync)).ErrorId);
        Assert.Single(Wire.Requests);
    }

    [Fact]
    public async Task A_server_that_asks_for_fewer_requests_gets_no_other()
    {
        Wire.Answers("HTTP/1.1 429 Too Many Requests\n\n", Wire.Json(Document));

        Assert.Equal("TooManyRequests", (await Assert.ThrowsAsync<OAuthServerException>(GetAsync)).ErrorId);
        Assert.Single(Wire.Requests);
    }

    private Task<ServerMetadata> GetAsync() => Server.Discovery.Of(Wire.Transport).GetAsync(Issuer, log: Wire.Log);
}
