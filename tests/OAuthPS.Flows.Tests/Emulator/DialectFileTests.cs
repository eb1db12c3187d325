using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

/// <summary>What a dialect may say, what is wrong with one, and what goes over the wire.</summary>
public sealed class DialectFileTests : IDisposable
{
    private const string Code = """
        {
          "name": "Plain", "serviceUrl": "https://api.plain.example", "tokenEndpoint": "/token", "authorizationEndpoint": "/authorize",
          "flows": ["ClientCredentials", "Password"], "clientAuthentications": ["Post"], "refreshTokens": "Reusable"
        }
        """;

    private readonly RehearsalFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("""{ "tokn": {} }""", "what stands at $.tokn is malformed, unknown, there twice or of another type (line 1).")]
    [InlineData("""{ "token": { "body": { "t": "{access_token}" }, "stauts": 200 } }""", "what stands at $.token.stauts is malformed, unknown")]
    [InlineData("{ \"token\": ", "what stands at $.token is malformed, unknown, there twice or of another type (line 1).")]
    [InlineData("""{ "token": null }""", "what stands at $.token is malformed")]
    [InlineData("[]", "it is malformed")]
    [InlineData("""{ "token": { "status": "x" } }""", "what stands at $.token.status is malformed")]
    [InlineData("null", "it is null.")]
    [InlineData("""{ "token": { "body": { "t": "{acces_token}" } } }""", "token: there is no place {acces_token} here, but {access_token}, {expires_in}")]
    [InlineData("""{ "token": { "body": { "t": ["{error}"] } } }""", "token: there is no place {error} here")]
    [InlineData("""{ "token": { "body": { "t": "at" } } }""", "token: its body has no {access_token}.")]
    [InlineData("""{ "token": { } }""", "token: its body has no {access_token}.")]
    [InlineData("""{ "refusal": { "status": 99 } }""", "refusal: status must be from 200 to 599.")]
    [InlineData("""{ "refusal": { "contentType": "a\nb" } }""", "refusal: contentType cannot be sent.")]
    [InlineData("""{ "refusal": { "headers": { "X": "a\r\nSet-Cookie: b" } } }""", "refusal: the header 'X' cannot be sent.")]
    [InlineData("""{ "refusal": { "headers": { "Content-Length": "1" } } }""", "refusal: the header 'Content-Length' is made by the emulator")]
    [InlineData("""{ "refusals": { "invalid_clint": {} } }""", "refusals: 'invalid_clint' is no error of the emulator, which has invalid_request, ")]
    [InlineData("""{ "refusals": { "invalid_client": null } }""", "refusals.invalid_client: it is null.")]
    [InlineData("""{ "api": { "/me": { "body": "{access_token}" } } }""", "api./me: there is no place {access_token} here, but none.")]
    [InlineData("""{ "apiScheme": "a b" }""", "apiScheme: it is no scheme.")]
    [InlineData("""{ "grantTypes": { "own": "odd" } }""", "grantTypes: 'odd' is none of client_credentials, ")]
    [InlineData("""{ "device": { "outcome": "no" } }""", "device: outcome is access_denied or expired_token.")]
    [InlineData("""{ "device": { "pending": 1001 } }""", "device: pending is a number of polls, from 0 to 1000.")]
    [InlineData("""{ "device": { "interval": -1 } }""", "device: interval is a number of seconds, from 0 to 3600.")]
    [InlineData("""{ "lifetimes": { "accessToken": -1 } }""", "lifetimes: each is a number of seconds, from 0 to ten years.")]
    [InlineData("""{ "lifetimes": { "accessToken": 1, "accessToken": 2 } }""", "what stands at $.lifetimes.accessToken is malformed")]
    public void What_is_wrong_with_a_dialect_is_said_with_its_place(string dialect, string words)
    {
        var refused = Assert.Throws<InvalidDataException>(() => _files.Read(RehearsalFiles.Plain, dialect));

        Assert.Contains("dialect.json is no dialect", refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dialect_is_bounded_in_size_and_depth()
    {
        Assert.Contains("larger than 64 KiB", Refused(new string(' ', 64 * 1024) + "{}"), StringComparison.Ordinal);
        Assert.Contains("is no dialect", Refused($$"""{ "refusal": { "body": {{new string('[', 20)}}{{new string(']', 20)}} } }"""), StringComparison.Ordinal);

        string Refused(string dialect) => Assert.Throws<InvalidDataException>(() => _files.Read(RehearsalFiles.Plain, dialect)).Message;
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("{access_token}\\udc00")]
    public void Half_a_character_is_no_text(string text)
    {
        Refused($$"""{ "token": { "body": { "t": "{access_token}", "more": "{{text}}" } } }""");
        Refused($$"""{ "token": { "body": { "t": "{access_token}", "{{text}}": 1 } } }""");
        Refused($$"""{ "refusal": { "headers": { "X": "{{text}}" } } }""");

        void Refused(string dialect) => Assert.Throws<InvalidDataException>(() => _files.Read(RehearsalFiles.Plain, dialect));
    }

    // Whatever stands in the file, it is a dialect or is refused.
    [Fact]
    public void A_damaged_dialect_is_read_or_refused()
    {
        var valid = Encoding.UTF8.GetBytes("""
            { "token": { "status": 200, "headers": { "X": "1" }, "body": { "data": [{ "t": "{access_token}" }, "{expires_in:text}", null, 1.5] } },
              "refusals": { "invalid_grant": { "contentType": "text/plain", "body": "{error}" } },
              "device": { "pending": 2, "outcome": "access_denied" }, "lifetimes": { "refreshToken": 60 }, "api": { "/me": { "body": [] } } }
            """);
        string[] pieces = ["\"token\":", "null", "{access_token}", "{error", "\\ud800", "[[", "}}", "\"", "-1", "1e999", "//", "\r\n", "\0"];
        var (random, refused) = (new Random(7), 0);
        var (provider, path) = (_files.Path("provider.json", RehearsalFiles.Plain), _files.Path("dialect.json", ""));
        for (var round = 0; round < 2000; round++)
        {
            File.WriteAllBytes(path, Mutation.Of(valid, pieces, random));
            try
            {
                Rehearsal.Read(provider, path);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 1999);
    }

    [Theory]
    [InlineData("""{ "name": "Plain", "issuer": "https://login.plain.example" }""", "it states no 'tokenEndpoint'")]
    [InlineData("""{ "name": "Plain", "issuer": "https://login.plain.example", "tokenEndpoint": "/token" }""", "'flows' needs one of ClientCredentials, AuthorizationCode, DeviceCode, Password, RefreshToken")]
    [InlineData("""{ "name": "Plain", "tokenEndpoint": "/token", "flows": ["ClientCredentials"], "clientAuthentications": ["Tls"] }""", "'clientAuthentications' needs one of Basic, Post, Query, None")]
    [InlineData("""{ "name": "Plain", "tokenEndpoint": "/{token}", "flows": ["ClientCredentials"], "clientAuthentications": ["Post"] }""", "'/{token}' is not a path of plain characters")]
    [InlineData("""{ "name": "Plain", "tokenEndpoint": "/token", "revocationEndpoint": "https://b.example/Token", "flows": ["ClientCredentials"], "clientAuthentications": ["Post"] }""", "two of its addresses have the path '/token'")]
    [InlineData("""{ "name": "Plain", "tokenEndpoint": "/token", "pushedAuthorizationRequestEndpoint": "/par", "flows": ["ClientCredentials"], "clientAuthentications": ["Post"] }""", "pushed and signed authorization requests are not played")]
    [InlineData("""{ "name": "Plain", "tokenEndpoint": "/token", "flows": ["JwtBearer"], "clientAuthentications": ["Post"] }""", "'flows' needs one of ClientCredentials")]
    [InlineData("""{ "name": "Plain" }""", "'issuer' nor 'tokenEndpoint'")]
    public void A_provider_that_cannot_be_played_is_refused_with_the_reason(string provider, string words) =>
        Assert.Contains(words, Assert.Throws<InvalidDataException>(() => _files.Read(provider)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Blynk")]
    [InlineData("Space")]
    public async Task A_provider_whose_place_is_taken_is_refused(string name)
    {
        var rehearsal = _files.Read(RehearsalFiles.Plain.Replace("\"Plain\"", $"\"{name}\"", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => EmulatorServer.StartAsync(new EmulatorOptions { Rehearsals = [rehearsal] }));

        Assert.Equal($"There is a provider at /{name} already: its file needs another 'name'.", refused.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("nowhere.json", Assert.Throws<InvalidDataException>(() => Rehearsal.Read("nowhere.json")).Message, StringComparison.Ordinal);

    // A place alone becomes its value, and a member without one is left out.
    [Theory]
    [InlineData("client_credentials&scope=a", """{"at":"…","n":60,"s":"60","more":{"text":"60 seconds of a"},"null":null,"list":[60,true]}""")]
    [InlineData("password&username=ada@example.com&password=rehearsal-password", """{"at":"…","n":60,"s":"60","rt":"…","more":{"text":"60 seconds of "},"null":null,"list":[60,true]}""")]
    public async Task Places_are_filled(string grant, string body)
    {
        var reply = await AskAsync(
            """
            { "lifetimes": { "accessToken": 60 }, "token": { "status": 202, "headers": { "Cache-Control": "max-age=1" }, "body": {
              "at": "{access_token}", "n": "{expires_in}", "s": "{expires_in:text}", "rt": "{refresh_token}",
              "more": { "text": "{expires_in} seconds of {scope}" }, "null": null, "list": ["{expires_in}", true] } } }
            """,
            $"grant_type={grant}&client_id=rehearsal-client&client_secret=rehearsal-secret");

        var shown = Regex.Replace(reply.Body, "\"(at|rt)\":\"emulated_[^\"]{43}\"", "\"$1\":\"…\"");
        Assert.Equal((202, body, "max-age=1"), (reply.Status, shown, reply.Headers.CacheControl!.ToString()));
    }

    [Theory]
    [InlineData("""{ "contentType": "application/x-www-form-urlencoded", "body": "error={error}&why={error_description}" }""", "application/x-www-form-urlencoded", "error=invalid_client&why=The%20client%20is%20unknown%20or%20its%20secret%20is%20wrong.")]
    [InlineData("""{ "body": "No: {error_description}" }""", "text/plain", "No: The client is unknown or its secret is wrong.")]
    [InlineData("""{ "contentType": "application/problem+json", "body": { "title": "{error}" } }""", "application/problem+json", """{"title":"invalid_client"}""")]
    [InlineData("""{ "status": 401 }""", null, "")]
    public async Task A_refusal_is_as_the_dialect_has_it(string refusal, string? contentType, string body)
    {
        var reply = await AskAsync($$"""{ "refusal": {{refusal}} }""", "grant_type=client_credentials&client_id=rehearsal-client&client_secret=wrong");

        Assert.Equal((401, contentType, body), (reply.Status, reply.ContentHeaders.ContentType?.ToString(), reply.Body));
    }

    [Theory]
    [InlineData("client_id=rehearsal-client&client_secret=rehearsal-secret", "invalid_request", "The parameter grant_type is missing.")]
    [InlineData("grant_type=odd&client_id=rehearsal-client&client_secret=rehearsal-secret", "unsupported_grant_type", "The authorization server does not support this grant_type.")]
    [InlineData("grant_type=client_credentials&client_id=rehearsal-client", "invalid_client", "The client must authenticate by Post.")]
    [InlineData("grant_type=authorization_code&code=odd&client_id=rehearsal-client&client_secret=rehearsal-secret", "invalid_grant", "The authorization code is unknown or was issued to another client.")]
    [InlineData("grant_type=refresh_token&refresh_token=odd&client_id=rehearsal-client&client_secret=rehearsal-secret", "invalid_grant", "The refresh token is unknown, expired or was used before.")]
    [InlineData("grant_type=password&username=ada&client_id=rehearsal-client&client_secret=rehearsal-secret", "invalid_request", "The parameter password is missing.")]
    [InlineData("grant_type=a&grant_type=b", "invalid_request", "The parameter grant_type is included more than once.")]
    public async Task What_a_server_refuses_it_refuses_by_its_code(string form, string error, string description)
    {
        var reply = await AskAsync("""{ "refusal": { "body": "{error}: {error_description}" } }""", form);

        Assert.Equal($"{error}: {description}", reply.Body);
    }

    [Theory]
    [InlineData("""{"grant_type":"account","account_id":7,"client_id":"rehearsal-client","client_secret":"rehearsal-secret"}""", "emulated_")]
    [InlineData("""{"grant_type":"odd","client_id":"rehearsal-client","client_secret":"rehearsal-secret"}""", "unsupported_grant_type")]
    [InlineData("""{"grant_type":"account","grant_type":"account"}""", "invalid_request")]
    [InlineData("""["grant_type"]""", "invalid_request")]
    [InlineData("""{"grant_type":"\ud800"}""", "invalid_request")]
    [InlineData("{", "invalid_request")]
    public async Task A_request_may_be_JSON_and_its_grant_type_the_servers_own(string body, string expected)
    {
        const string dialect = """
            { "grantTypes": { "account": "client_credentials" }, "token": { "body": "{access_token}" }, "refusal": { "body": "{error}" } }
            """;

        Assert.StartsWith(expected, (await AskAsync(dialect, body, "application/json")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_takes_the_scheme_of_the_dialect_alone()
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions
        {
            Rehearsals = [_files.Read(Code, """{ "apiScheme": "Key-token", "token": { "body": "{access_token}" }, "api": { "/me": { "body": "Ada" } } }""")],
        });
        using var http = new HttpClient();
        using var form = new StringContent("grant_type=client_credentials&client_id=rehearsal-client&client_secret=rehearsal-secret", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var response = await http.PostAsync(new Uri(server.Rehearsed("Plain") + "/token"), form);
        var token = await response.Content.ReadAsStringAsync();

        Assert.Equal((200, "Ada"), await GetAsync("Key-token"));
        Assert.Equal((401, """{"error":"invalid_token","error_description":"The Authorization header carries no bearer token."}"""), await GetAsync("Bearer"));

        async Task<(int Status, string Body)> GetAsync(string scheme)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Rehearsed("Plain") + "/me") { Headers = { Authorization = new(scheme, token) } };
            using var me = await http.SendAsync(request);
            return ((int)me.StatusCode, await me.Content.ReadAsStringAsync());
        }
    }

    private async Task<Reply> AskAsync(string dialect, string form, string contentType = "application/x-www-form-urlencoded")
    {
        await using var server = await EmulatorServer.StartAsync(new EmulatorOptions { Rehearsals = [_files.Read(Code, dialect)] });
        using var http = new HttpClient();
        using var content = new StringContent(form, new MediaTypeHeaderValue(contentType));
        using var response = await http.PostAsync(new Uri(server.Rehearsed("Plain") + "/token"), content);
        return await Reply.OfAsync(response);
    }
}
