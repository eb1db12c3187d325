using System.Net;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OAuthPS.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Benchmarks.Library;

/// <summary>Reading a token response, with every check, beside <see cref="JsonDocument"/> and none.</summary>
[MemoryDiagnoser]
public class TokenResponse
{
    private readonly OAuthRequest _request = Sent();

    private readonly HttpResponse _response = new()
    {
        StatusCode = HttpStatusCode.OK,
        MediaType = "application/json",
        CharacterSet = null,
        Body = TokenServer.Response.ToArray(),
        RetryAfter = null,
        ReadHeaders = () => new Dictionary<string, IReadOnlyList<string>>(),
    };

    [Benchmark(Baseline = true)]
    public (string?, string?, int, string?) JsonDocumentAlone()
    {
        using var json = JsonDocument.Parse(_response.Body);
        var root = json.RootElement;
        return (root.GetProperty("access_token").GetString(), root.GetProperty("token_type").GetString(),
            root.GetProperty("expires_in").GetInt32(), root.GetProperty("scope").GetString());
    }

    [Benchmark]
    public object OAuthPS() => Flows.Messages.TokenResponse.Read(_response, _request, DateTimeOffset.UnixEpoch);

    private static Flows.Messages.TokenRequest Sent()
    {
        var request = new Flows.Messages.TokenRequest(new Uri("https://auth.example.com/token"));
        request.Parameters.Add(ParameterNames.ClientSecret, new Secret(Given.ClientSecret));
        return request;
    }
}
