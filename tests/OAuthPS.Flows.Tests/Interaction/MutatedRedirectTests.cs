using System.Text;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>Damaged redirect addresses, as a browser brings them or a person pastes them: a response, a typed error, and never anything else.</summary>
public class MutatedRedirectTests
{
    private const int Seed = 20260105;

    private static readonly string[] _pieces =
        ["&", "=", "?", "#", "%", "%00", "%ff", "%u0041", "+", "code=", "&state=x", "error=", "&error_description=%1b%5b31m", "iss=", "access_token=", "\ud83d\ude00", "expires_in=-1", "//"];

    [Fact]
    public void A_damaged_redirect_is_an_answer_or_a_typed_error()
    {
        var request = new AuthorizationRequest(new Uri("https://h.example/authorize"), "code", "the-client", "http://127.0.0.1:8400/");
        string[] valid =
        [
            $"http://127.0.0.1:8400/?code=the-code&state={request.State}&iss=https%3A%2F%2Fh.example",
            $"http://127.0.0.1:8400/?error=access_denied&error_description=No+thanks&state={request.State}",
            $"http://127.0.0.1:8400/#access_token=t&token_type=Bearer&expires_in=600&state={request.State}",
        ];
        var random = new Random(Seed);
        var (answers, errors) = (0, 0);
        for (var number = 0; number < 10_000; number++)
        {
            var address = Encoding.UTF8.GetString(Mutation.Of(Encoding.UTF8.GetBytes(valid[random.Next(valid.Length)]), _pieces, random));
            try
            {
                if (ResponsePlace.ParametersOf(address, random.GetItems(Enum.GetValues<ResponseMode>(), 1)[0]) is { } parameters)
                {
                    var response = AuthorizationResponse.Check(AuthorizationResponse.Decode(parameters), request, BuiltInProviders.Get("Spacebring"));
                    _ = random.Next(2) == 0 ? response.RequireCode() : TokenResponse.Read(response, DateTimeOffset.UnixEpoch).AccessToken.Value;
                    answers++;
                }
            }
            catch (OAuthException error)
            {
                Assert.DoesNotContain(error.Message, char.IsControl);
                errors++;
            }
            catch (Exception other)
            {
                Assert.Fail($"Seed {Seed}, address {number}, {address}: {other}");
            }
        }

        Assert.True(answers > 100 && errors > 1_000, $"{answers} answers and {errors} errors: the mutations are not what they should be.");
    }
}
