using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>Damaged ID tokens, as text and under a good signature: who signed in, a typed error, and never anything else.</summary>
public sealed class MutatedIdTokenTests : IdTokenTest
{
    private const int Seed = 20260104;

    private static readonly string[] _pieces = [".", "..", "=", "-", "_", "e30", "bnVsbA", "eyJhbGciOiJub25lIn0", "{", "\0", " "];

    private static readonly JsonNode?[] _values =
        [null, 7, -1, 1e300, true, "", "x", "\ud83d\ude00", new JsonArray(), new JsonArray("the-client", 7, null), new JsonObject(), long.MaxValue, 0.5];

    [Fact]
    public async Task A_damaged_token_is_refused_as_one()
    {
        Wire.Answers(Keys(SigningKey.P256.Jwk("k")));
        var random = new Random(Seed);
        var valid = Encoding.ASCII.GetBytes(SigningKey.P256.Sign(Claims, "ES256", Header("k")));
        for (var number = 0; number < 10_000; number++)
        {
            var token = Encoding.Latin1.GetString(Mutation.Of(valid, _pieces, random));
            if (token != Encoding.ASCII.GetString(valid))
            {
                await OnlyTypedAsync(token, number);
            }
        }
    }

    [Fact]
    public async Task Claims_of_any_kind_under_a_good_signature_are_a_subject_or_a_typed_error()
    {
        Wire.Answers(Keys(SigningKey.P256.Jwk("k")));
        var random = new Random(Seed);
        for (var number = 0; number < 2_000; number++)
        {
            var claims = Claims;
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                var name = claims.ElementAt(random.Next(claims.Count)).Key;
                claims[name] = _values[random.Next(_values.Length)]?.DeepClone();
            }

            await OnlyTypedAsync(SigningKey.P256.Sign(claims, "ES256", Header("k")), number);
        }
    }

    private async Task OnlyTypedAsync(string token, int number)
    {
        var failure = await Record.ExceptionAsync(() => CheckAsync(token, "ES256"));
        Assert.True(failure is null or OAuthException, $"Seed {Seed}, token {number}, {JsonSerializer.Serialize(token)}: {failure}");
    }
}
