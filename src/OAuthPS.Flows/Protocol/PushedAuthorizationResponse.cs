using System.Text.Json.Serialization;

namespace OAuthPS.Flows.Protocol;

/// <summary>The answer to a pushed authorization request (RFC 9126 section 2.2).</summary>
/// <param name="RequestUri">What the browser takes to the authorization endpoint in the place of the parameters; good once, and not for long.</param>
internal sealed record PushedAuthorizationResponse(string RequestUri)
{
    // RFC 9101 section 5.2 wants it below 512 characters; two thousand of a URL every browser and server takes.
    private const int MaximumLength = 2000;

    /// <exception cref="OAuthProtocolException">The answer is not one.</exception>
    internal static PushedAuthorizationResponse Read(HttpAnswer answer, OAuthRequest request)
    {
        var body = JsonAnswer.Read(answer, request, PushedAuthorizationJson.Default.PushedAuthorizationBody);

        var flaw = string.IsNullOrWhiteSpace(body.RequestUri) ? "is missing" : body.RequestUri.Length > MaximumLength ? "is longer than a browser may take" : null;
        return flaw is null
            ? new PushedAuthorizationResponse(body.RequestUri!)
            : throw Errors.AnswerMember(JsonAnswer.SourceOf(request), "request_uri", flaw);
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
