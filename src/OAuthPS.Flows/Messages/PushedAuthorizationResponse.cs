using System.Text.Json.Serialization;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Messages;

/// <summary>The response to a pushed authorization request (RFC 9126 section 2.2).</summary>
/// <param name="RequestUri">
/// What the browser takes to the authorization endpoint in the place of the parameters; good once, and not for long.
/// </param>
internal sealed record PushedAuthorizationResponse(string RequestUri)
{
    // RFC 9101 section 5.2 wants it below 512 characters; two thousand of a URL every browser and server takes.
    private const int MaximumLength = 2000;

    /// <exception cref="OAuthProtocolException">The response is not one.</exception>
    internal static PushedAuthorizationResponse Read(HttpResponse response, OAuthRequest request)
    {
        var body = JsonResponse.Read(response, request, PushedAuthorizationJson.Default.PushedAuthorizationBody);

        var flaw = string.IsNullOrWhiteSpace(body.RequestUri)
            ? "is missing"
            : body.RequestUri.Length > MaximumLength
            ? "is longer than a browser may take"
            : null;
        return flaw is null
            ? new PushedAuthorizationResponse(body.RequestUri!)
            : throw Errors.ResponseMember(JsonResponse.SourceOf(request), "request_uri", flaw);
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
