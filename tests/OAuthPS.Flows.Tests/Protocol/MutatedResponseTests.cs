using System.Diagnostics;
using System.Net;
using System.Text;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>Fifty thousand damaged responses: a token, a typed error, and never anything else. The seed is fixed, and named when one fails.</summary>
public class MutatedResponseTests
{
    private const int Seed = 20260102;
    private const int Mutations = 50_000;

    private static readonly string[] _responses =
    [
        """{"access_token":"accessToken","expires_in":3600,"refresh_token":"refreshToken","scope":"resources locations","token_type":"Bearer"}""",
        """{"access_token":"eyJ0eXAi.eyJ1c2Vy.M10bjOe45I5","token_type":"bearer","expires_at":1648925200}""",
        """{"access_token":"a\u0062c","expires_in":"3.6e3","scope":"\ud83d\ude00 \"x\"","token_type":null,"refresh_token":""}""",
        """{"access_token":"abc","token_type":"Bearer","authorization_details":[{"type":"payment","amount":"1 \u20ac"}],"id_token":"x"}""",
        """{"error":"invalid_client","error_description":"Client ID is not found or password is wrong.","error_uri":"https://x"}""",
        """{"detail":[{"loc":["body",0,"grant_type"],"msg":"field required","type":"value_error.missing"},{"msg":"\u00e4"}]}""",
        """{"detail":"LOGIN_BAD_CREDENTIALS"}""",
        """{"ok":true,"data":{"access_token":"abc","expires_at":"2036-09-08T09:25:17Z","scope":["a","b"],"refresh_token":false},"shop":"x"}""",
        """{"ok":false,"error":{"code":190,"type":"OAuthException","message":"expired"},"data":{"msg":"no"}}""",
        """{"error":{"code":"E1","message":{"lang":"en","value":"no"},"errors":[{"message":"a","field":"b"}]},"errors":{"Scope":["required"]}}""",
        """<?xml version="1.0"?><e><Fault><faultstring>No &amp; &#65;</faultstring></Fault><error>unauthorized</error><a/></e>""",
        """<!doctype html><title>Blocked &amp; logged</title>""",
        """error=invalid_grant&error_description=The+code+has+expired""",
        """access_token=at-form&scope=repo%2Cgist&token_type=bearer&expires=5108&refresh_token_expires_in=1.5e3&instance_url=https%3A%2F%2Fx""",
    ];

    private static readonly TokenResponseFormat?[] _formats = [null, new() { Path = "/data", Members = new Dictionary<string, string> { ["expires_in"] = "expires_at" }, TextMembers = ["shop"] }];

    private static readonly string[] _pieces =
    [
        "\\ud800", "\\u0000", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e999", "-0", "\uFEFF", "\\u001b[31m", "\"scope\":", "\"expires_in\":",
        "\"expires_at\":", "\"access_token\":", "\"token_type\":", "\"detail\":", "\"error\":", "99999999999999999999", "0.0000001", "\"NaN\"", "\"Infinity\"", "  ", "\n",
        "&", "=", "%", "%ud800", "\"data\":", "\"expires\":", "\"ok\":false,", "\"members\":", "P1D", "3600s", "\"refresh_expires_in\":", "\"team\":",
        "<", ">", "</", "&#0;", "<!DOCTYPE e [", "<![CDATA[", "\"errors\":", "\"message\":", "<title>",
    ];

    [Fact]
    public void A_damaged_answer_is_a_token_or_a_typed_error_and_nothing_else()
    {
        var random = new Random(Seed);
        var watch = Stopwatch.StartNew();
        var (tokens, errors) = (0, 0);
        for (var i = 0; i < Mutations; i++)
        {
            var body = Mutation.Of(Encoding.UTF8.GetBytes(_responses[random.Next(_responses.Length)]), _pieces, random);
            var request = new TokenRequest(new Uri("https://h.example/token"));
            request.Parameters.Add("client_secret", new Secret("client secret"));
            var response = Response(body, random.Next(3) == 0 ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
            try
            {
                var read = TokenResponse.Read(response.EnsureSuccess(request), request, DateTimeOffset.UnixEpoch.AddYears(56), _formats[random.Next(2)]);
                Assert.False(string.IsNullOrEmpty(read.AccessToken.Value.Reveal()));
                tokens++;
            }
            catch (OAuthException error)
            {
                Assert.DoesNotContain(error.Message, char.IsControl);
                errors++;
            }
            catch (Exception other)
            {
                Assert.Fail($"Seed {Seed}, mutation {i}, bytes {Convert.ToHexString(body)}, text {Encoding.UTF8.GetString(body)}: {other}");
            }

            var shown = ShownResponse.Of(response, request);
            Assert.DoesNotContain(shown, char.IsControl);
        }

        Assert.True(tokens > Mutations / 100 && errors > Mutations / 10, $"{tokens} tokens and {errors} errors: the mutations are not what they should be.");
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(5), $"{watch.Elapsed}");
    }

    [Fact]
    public void Arbitrary_JSON_is_a_token_or_a_typed_error_and_nothing_else()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 5_000; i++)
        {
            var text = Json(random, 0);
            var request = new TokenRequest(new Uri("https://h.example/token"));
            foreach (var status in new[] { HttpStatusCode.OK, HttpStatusCode.BadRequest })
            {
                var failure = Record.Exception(() => TokenResponse.Read(Response(Encoding.UTF8.GetBytes(text), status).EnsureSuccess(request), request, DateTimeOffset.UnixEpoch, _formats[i % 2]));
                Assert.True(failure is null or OAuthException, $"Seed {Seed}, document {i}, {text}: {failure}");
            }
        }
    }

    private static string Json(Random random, int depth)
    {
        var kind = random.Next(depth > 4 ? 5 : 8);
        return kind switch
        {
            0 => "null",
            1 => random.Next(2) == 0 ? "true" : "false",
            2 => random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
            3 => $"{random.Next(-9, 10)}.{random.Next(100)}e{random.Next(-400, 400)}",
            4 => $"\"{string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => $"\\u{random.Next(0x10000):x4}"))}\"",
            5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(random, depth + 1)))}]",
            _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"{Name(random)}:{Json(random, depth + 1)}"))}}}",
        };
    }

    private static string Name(Random random) => new[]
    {
        "\"access_token\"", "\"expires_in\"", "\"expires_at\"", "\"token_type\"", "\"scope\"", "\"refresh_token\"", "\"error\"", "\"error_description\"", "\"detail\"", "\"loc\"", "\"msg\"", "\"\\ud800\"",
        "\"data\"", "\"expires\"", "\"ok\"", "\"status\"", "\"team\"", "\"refresh_expires_in\"",
    }[random.Next(18)];

    internal static HttpResponse Response(byte[] body, HttpStatusCode status) => new()
    {
        StatusCode = status,
        MediaType = "application/json",
        CharacterSet = null,
        Body = body,
        RetryAfter = null,
        ReadHeaders = () => new Dictionary<string, IReadOnlyList<string>>(),
    };
}
