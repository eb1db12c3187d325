using System.Net;
using System.Text;
using OAuthPS.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Fuzz;

/// <summary>Answers of the token endpoint and of those beside it, refusals among them.</summary>
internal static class ResponseTarget
{
    private static readonly Uri _endpoint = new($"{Targets.Issuer}/token");

    internal static void Read(byte[] input)
    {
        var (choice, body) = Targets.Choose(input, 7);
        var request = new TokenRequest(_endpoint);
        request.Parameters.Add(ParameterNames.ClientSecret, new Secret("the-client-secret-of-the-fuzzer"));
        var response = new HttpResponse
        {
            StatusCode = choice is 1 or 6 ? HttpStatusCode.BadRequest : HttpStatusCode.OK,
            MediaType = "application/json",
            CharacterSet = null,
            Body = choice == 6 ? [] : body,
            RetryAfter = null,
            Date = DateTimeOffset.UnixEpoch,
            ReadHeaders = () => new Dictionary<string, IReadOnlyList<string>> { ["WWW-Authenticate"] = choice == 6 ? [Encoding.Latin1.GetString(body)] : [] },
        };
        _ = ShownResponse.Of(response, request);
        _ = choice switch
        {
            1 or 6 => (object)response.EnsureSuccess(request),
            2 => DeviceAuthorizationResponse.Read(response, request, DateTimeOffset.UnixEpoch),
            3 => PushedAuthorizationResponse.Read(response, request),
            4 => IntrospectionResponse.Read(response, request),
            5 => ErrorResponse.Read(response, request.Secrets),
            _ => TokenResponse.Read(response, request, DateTimeOffset.UnixEpoch),
        };
    }
}
