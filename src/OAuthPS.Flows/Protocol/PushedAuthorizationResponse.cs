using System.Text.Json;
using System.Text.Json.Serialization;

namespace OAuthPS.Flows.Protocol;

/// <summary>The answer to a pushed authorization request (RFC 9126 section 2.2).</summary>
/// <param name="RequestUri">What the browser takes to the authorization endpoint in the place of the parameters; good once, and not for long.</param>
internal sealed record PushedAuthorizationResponse(string RequestUri)
{
    /// <exception cref="OAuthProtocolException">The answer is not one.</exception>
    internal static PushedAuthorizationResponse Read(HttpAnswer answer, OAuthRequest request)
    {
        PushedAuthorizationBody? body;
        try
        {
            body = JsonSerializer.Deserialize(answer.Json, PushedAuthorizationJson.Default.PushedAuthorizationBody);
        }
        catch (JsonException)
        {
            body = null;
        }

        if (body is null)
        {
            throw Errors.AnswerNotJson(request, answer);
        }

        return string.IsNullOrWhiteSpace(body.RequestUri)
            ? throw Errors.AnswerMember($"the answer of the {request.Purpose} from {SecureUrl.Show(request.Endpoint)}", "request_uri", "is missing")
            : new PushedAuthorizationResponse(body.RequestUri);
    }
}

/// <summary>The members as they stand in the JSON.</summary>
internal sealed class PushedAuthorizationBody
{
    [JsonPropertyName("request_uri")]
    public string? RequestUri { get; init; }
}

[JsonSerializable(typeof(PushedAuthorizationBody))]
internal sealed partial class PushedAuthorizationJson : JsonSerializerContext;
