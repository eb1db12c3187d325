using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A hostile or careless server repeats the secrets it was sent, wherever it can and in whatever form.</summary>
public class EchoedSecretTests
{
    private const string Secret = "s3cr3t \"quoted\" ä+/&=%?";
    private const string Refresh = "r3fr3sh+/=~";

    private static readonly OAuthClient _client = new("my-client", new Secret(Secret));
    private static readonly string _basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"my-client:{Secret}"));

    public static TheoryData<string> Places => new()
    {
        """{"error":"@","error_description":"fine"}""",
        """{"error":"invalid_client","error_description":"bad credential: @!"}""",
        """{"error":"invalid_client","error_description":"bad credential: id@id"}""",
        """{"error":"invalid_client","error_uri":"https://example.com/?s=@"}""",
        """{"detail":"@"}""",
        """{"detail":[{"loc":["body","@"],"msg":"@","type":"@","input":"@"}]}""",
        """{"detail":{"@":"@"}}""",
        """{"message":"@"}""",
        """{"@":1,"scope":{"@":["@"]}}""",
        """["@"]""",
        "<html>@</html>",
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_body_that_repeats_the_client_secret_is_shown_without_it(string place)
    {
        await AssertHiddenAsync(Given.Blynk with { Client = _client }, place, Secret, _basic);
        foreach (var request in new[]
        {
            Given.SpatiaFi with { Client = _client, ClientAuthentication = ClientAuthenticationMethod.Post },
            Given.SpatiaFi with { Client = _client, ClientAuthentication = ClientAuthenticationMethod.SecretJwt },
            Given.Blynk with { Client = _client, ClientAuthentication = ClientAuthenticationMethod.Query },
        })
        {
            await AssertHiddenAsync(request, place, Secret);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_body_that_repeats_the_password_is_shown_without_it(string place)
    {
        var person = new ConnectRequest { Provider = BuiltInProviders.Get("SpatiaFi"), Inputs = [new UserCredential("ada", new Secret(Secret))] };

        await AssertHiddenAsync(person, place, Secret);
        await AssertHiddenAsync(person with { Flow = OAuthFlow.Password }, place, Secret);
        await AssertHiddenAsync(Given.Space with { Inputs = person.Inputs }, place, Secret, Given.ClientSecret);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_body_that_repeats_the_code_its_verifier_or_a_refresh_token_is_shown_without_it(string place)
    {
        var code = Given.SpacebringCode with { Inputs = [new AuthorizationCode(new Secret(Refresh), "http://127.0.0.1/", new Secret("v3rifi3r~x"))] };

        await AssertHiddenAsync(code, place, Refresh, "v3rifi3r~x", Given.ClientSecret);
        await AssertHiddenAsync(Given.Blynk with { Inputs = [new GivenRefreshToken(new Secret(Refresh))] }, place, Refresh, Given.ClientSecret);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_API_that_repeats_the_token_or_the_Basic_credentials_is_shown_without_them(string place)
    {
        foreach (var (form, echo) in NoSecret.Forms("acc3ss-t0k3n+/="))
        {
            var wire = new Wire().Answers(Given.Token("acc3ss-t0k3n+/="), Fill(place, echo, 400), Fill(place, echo, 500));
            var session = await wire.ConnectAsync(Given.Blynk);
            for (var i = 0; i < 2; i++)
            {
                var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative), MaximumRetryCount = 0 }, wire.Log));
                NoSecret.In(error, "acc3ss-t0k3n+/=");
            }

            NoSecret.In(wire.Log, "acc3ss-t0k3n+/=");
            Assert.NotEmpty(form);
        }

        foreach (var (_, echo) in NoSecret.Forms(Given.ClientSecret).Append(("", "Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=")))
        {
            var wire = new Wire().Answers(Fill(place, echo, 403));
            var session = await wire.ConnectAsync(Given.SpacebringBasic);
            var error = await Assert.ThrowsAsync<OAuthServerException>(() => session.SendAsync(new ApiCall { Uri = new Uri("/x", UriKind.Relative) }, wire.Log));
            NoSecret.In(error, Given.ClientSecret, "Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=");
            NoSecret.In(wire.Log, Given.ClientSecret, "Y2xpZW50IGlkOmNsaWVudCBzZWNyZXQ=");
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 400 s3cr3t\nContent-Type: text/s3cr3t\n\n<p>")]
    [InlineData("HTTP/1.1 200 s3cr3t\nContent-Type: text/s3cr3t\n\n<p>")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: s3cr3t/x\n\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: application/json; charset=s3cr3t\nX-Echo: s3cr3t\n\n[]")]
    [InlineData("HTTP/1.1 302 Found\nLocation: https://s3cr3t@evil.example/s3cr3t?s3cr3t#s3cr3t")]
    [InlineData("HTTP/1.1 307 Temporary Redirect\nLocation: https://s3cr3t.evil.example/")]
    [InlineData("HTTP/1.1 302 Found\nLocation: /s3cr3t")]
    [InlineData("HTTP/1.1 302 Found\nLocation: http://[s3cr3t")]
    [InlineData("HTTP/1.1 429 s3cr3t\nRetry-After: s3cr3t")]
    [InlineData("HTTP/1.1 200 OK\n\n{\"access_token\":\"t\",\"token_type\":\"mac\",\"scope\":\"s3cr3t\"}")]
    [InlineData("HTTP/1.1 200 OK\n\n{\"s3cr3t\":\"s3cr3t\",\"user_id\":\"s3cr3t\"}")]
    public async Task A_status_line_or_header_that_repeats_it_is_shown_without_it(string response)
    {
        foreach (var method in new[] { ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Query })
        {
            var wire = new Wire().Answers(response);

            var error = await Record.ExceptionAsync(() =>
                wire.ConnectAsync(Given.Blynk with { Client = new OAuthClient("id", new Secret("s3cr3t")), ClientAuthentication = method }));

            NoSecret.In(Assert.IsAssignableFrom<OAuthException>(error), "s3cr3t");
            NoSecret.In(wire.Log, "s3cr3t");
        }
    }

    [Theory]
    [InlineData("""{"access_token":"acc3ss-t0k3n","scope":{"session":"n3st3d-x"}}""")]
    [InlineData("""{"access_token":"acc3ss-t0k3n","scope":["read",{"session":"n3st3d-x"}]}""")]
    [InlineData("""{"access_token":"acc3ss-t0k3n","user_id":{"a":{"b":["n3st3d-x"]}},"detail":[["n3st3d-x"]]}""")]
    [InlineData("""{"access_token":"acc3ss-t0k3n","data":{"refreshToken":"n3st3d-x"},"scope":"n3st3d-x"}""")]
    [InlineData("""{"access_token":"acc3ss-t0k3n","data":[{"client_secret":"n3st3d-x"}],"user_id":"id n3st3d-x"}""")]
    public async Task What_a_server_nests_in_its_answer_is_not_shown(string response)
    {
        var wire = new Wire().Answers(Wire.Json(response));

        await Record.ExceptionAsync(() => wire.ConnectAsync(Given.Blynk));

        Assert.Contains("access_token=***", wire.Log.Text, StringComparison.Ordinal);
        NoSecret.In(wire.Log, "n3st3d-x");
    }

    [Fact]
    public async Task An_answer_with_more_secrets_than_can_be_looked_for_is_shown_by_its_size_alone()
    {
        var members = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"token{i}\":\"n3st3d-{i}\""));
        var wire = new Wire().Answers(Wire.Json($$"""{"access_token":"t","user_id":"n3st3d-7",{{members}}}"""));

        await wire.ConnectAsync(Given.Blynk);

        Assert.Contains("bytes after", wire.Log.Text, StringComparison.Ordinal);
        NoSecret.In(wire.Log, "n3st3d-7");
    }

    [Theory]
    [InlineData("s3cr3t-x")]
    [InlineData("1s3cr3t-x2")]
    [InlineData("id:s3cr3t-x")]
    [InlineData("{\"s\":\"s3cr3t-x\"}")]
    public async Task A_secret_inside_something_in_base64_is_not_shown_so_either(string inside)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(inside)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        foreach (var shown in new[] { base64, $"jwt.{base64}.signature", $"A{base64}" })
        {
            var wire = new Wire().Answers(Wire.Json($$"""{"error":"bad","error_description":"{{shown}}"}""", "400 Bad Request"));

            var error = await Assert.ThrowsAsync<OAuthServerException>(() =>
                wire.ConnectAsync(Given.Blynk with { Client = new OAuthClient("id", new Secret("s3cr3t-x")) }));

            NoSecret.In($"{error}\n{wire.Log.Text}", base64);
        }
    }

    [Fact]
    public async Task An_answer_that_repeats_its_own_tokens_is_logged_without_them()
    {
        var wire = new Wire().Answers(Wire.Json("""{"access_token":"n3w-t0ken","refresh_token":"n3w-refr3sh","scope":"n3w-t0ken n3w-refr3sh","error_description":"n3w-t0ken","expires_in":60}"""));

        await wire.ConnectAsync(Given.Blynk);

        NoSecret.In(wire.Log, "n3w-t0ken", "n3w-refr3sh");
    }

    [Fact]
    public async Task Additional_parameters_are_hidden_unless_known_to_be_harmless()
    {
        var wire = new Wire().Answers(Given.Token("t"));

        await wire.ConnectAsync(Given.Blynk with { AdditionalParameters = new Dictionary<string, string> { ["api_key"] = "k3y-of-mine", ["audience"] = "shown" } });

        NoSecret.In(wire.Log, "k3y-of-mine");
        Assert.Contains("audience=shown", wire.Log.Text, StringComparison.Ordinal);
    }

    private static async Task AssertHiddenAsync(ConnectRequest request, string place, params string[] secrets)
    {
        foreach (var (_, echo) in secrets.SelectMany(NoSecret.Forms))
        {
            foreach (var status in new[] { 200, 400, 401, 500 })
            {
                var wire = new Wire().Otherwise(_ => Fill(place, echo, status));

                var error = Assert.IsAssignableFrom<OAuthException>(await Record.ExceptionAsync(() => wire.PassTimeUntilAsync(wire.ConnectAsync(request))));

                NoSecret.In(error, secrets);
                NoSecret.In(wire.Log, secrets);
            }
        }
    }

    private static string Fill(string place, string echo, int status) =>
        Wire.Json(place.Replace("@", place[0] == '<' ? echo : JsonSerializer.Serialize(echo)[1..^1], StringComparison.Ordinal), $"{status} Echo");
}
