using System.Net;
using System.Text;
using OAuthPS.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Fuzz;

/// <summary>Answers of the token endpoint and of those beside it, refusals among them; some with three lines of headers before.</summary>
internal static class ResponseTarget
{
    private static readonly Uri _endpoint = new($"{Targets.Issuer}/token");
    private static readonly DateTimeOffset _sentAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    // A token deep in the response, under names of the provider's own.
    private static readonly TokenResponseFormat _nested = new()
    {
        Path = "/data/0/a~1b",
        Members = new Dictionary<string, string> { ["access_token"] = "accessToken", ["expires_in"] = "ends", ["refresh_token"] = "renew" },
        TextMembers = ["team"],
    };

    internal static void Read(byte[] input)
    {
        var (choice, body) = Targets.Choose(input, 10);
        var request = new TokenRequest(_endpoint);
        request.Parameters.Add(ParameterNames.ClientSecret, new Secret("the-client-secret-of-the-fuzzer"));
        var response = choice is 8 or 9 ? Received(body, choice == 8, request) : new HttpResponse
        {
            StatusCode = choice is 1 or 6 ? HttpStatusCode.BadRequest : HttpStatusCode.OK,
            MediaType = "application/json",
            CharacterSet = null,
            Body = choice == 6 ? [] : body,
            RetryAfter = null,
            Date = _sentAt,
            ReadHeaders = () => new Dictionary<string, IReadOnlyList<string>> { ["WWW-Authenticate"] = choice == 6 ? [Encoding.Latin1.GetString(body)] : [] },
        };
        _ = ShownResponse.Of(response, request);
        _ = RotatedRefreshToken.In(response, choice == 7 ? _nested : null);
        _ = choice switch
        {
            1 or 6 or 8 => (object)response.EnsureSuccess(request),
            2 => DeviceAuthorizationResponse.Read(response, request, _sentAt),
            3 => PushedAuthorizationResponse.Read(response, request),
            4 => IntrospectionResponse.Read(response, request),
            5 => ErrorResponse.Read(response, request.Secrets),
            7 => TokenResponse.Read(response, request, _sentAt, _nested),
            _ => TokenResponse.Read(response, request, _sentAt),
        };
    }

    // As the transport reads it, headers and all: its type, its time and how long to wait, a line each.
    private static HttpResponse Received(byte[] input, bool isRefusal, TokenRequest request)
    {
        string[] names = ["Content-Type", "Date", "Retry-After"];
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var name in names)
        {
            var end = Array.IndexOf(input, (byte)'\n');
            if (end < 0)
            {
                break;
            }

            headers.Add(new(name, Encoding.Latin1.GetString(input, 0, end)));
            input = input[(end + 1)..];
        }

        return Targets.Answering(input, isRefusal ? HttpStatusCode.BadRequest : HttpStatusCode.OK, headers)
            .SendAsync(request, TimeSpan.FromSeconds(30), NoFlowLog.Instance, CancellationToken.None).GetAwaiter().GetResult();
    }
}
