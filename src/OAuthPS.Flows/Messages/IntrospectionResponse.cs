using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The introspection response (RFC 7662 section 2.2). Besides <c>active</c> every member is optional, and text is made harmless.
/// </summary>
internal sealed record IntrospectionResponse(bool IsActive)
{
    internal string? Scope { get; private init; }

    internal string? ClientId { get; private init; }

    internal string? UserName { get; private init; }

    internal string? Subject { get; private init; }

    internal string? Issuer { get; private init; }

    internal IReadOnlyList<string> Audience { get; private init; } = [];

    internal DateTimeOffset? ExpiresAt { get; private init; }

    /// <param name="response">A 2xx response.</param>
    /// <param name="request">What it answers.</param>
    /// <exception cref="OAuthProtocolException">The response is not one.</exception>
    internal static IntrospectionResponse Read(HttpResponse response, OAuthRequest request)
    {
        var members = JsonShape.TryReadObject(response.Json)
            ?? throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
        if (!members.TryGetProperty("active", out var active) || active.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            throw Errors.ResponseMember(JsonResponse.SourceOf(request), "active", "is missing, or is neither true nor false");
        }

        string[] secrets = [.. request.Secrets];
        return new IntrospectionResponse(active.GetBoolean())
        {
            Scope = Text(members, "scope", secrets),
            ClientId = Text(members, "client_id", secrets),
            UserName = Text(members, "username", secrets),
            Subject = Text(members, "sub", secrets),
            Issuer = Text(members, "iss", secrets),
            Audience = [.. JwtClaims.Audiences(members).OfType<string>().Select(text => WireFormat.Clean(text, secrets))],
            ExpiresAt = JwtClaims.Moment(members, "exp"),
        };
    }

    private static string? Text(JsonElement members, string name, string[] secrets) =>
        JsonWebSignature.Text(members, name) is { Length: > 0 } text ? WireFormat.Clean(text, secrets, int.MaxValue) : null;
}
