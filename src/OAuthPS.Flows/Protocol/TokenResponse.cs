using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OAuthPS.Flows.Protocol;

/// <summary>The token answer (RFC 6749 section 5.1), with <c>expires_at</c> where a server says so instead of <c>expires_in</c>.</summary>
internal sealed record TokenResponse(AccessToken AccessToken, Secret? RefreshToken)
{
    /// <param name="answer">A 2xx answer.</param>
    /// <param name="request">What it answers.</param>
    /// <param name="sentAt">When the request was sent: <c>expires_in</c> counts from then at the earliest, so the token is never believed to live longer than it does.</param>
    /// <exception cref="OAuthProtocolException">The answer is not a token answer.</exception>
    internal static TokenResponse Read(HttpAnswer answer, OAuthRequest request, DateTimeOffset sentAt)
    {
        var body = ReadBody(answer, request);
        if (string.IsNullOrEmpty(body.AccessToken))
        {
            throw Errors.AnswerMember(request, "access_token", "is missing");
        }

        // RFC 6749 appendix A.12. It also keeps line breaks out of the Authorization header.
        if (!IsVisibleAscii(body.AccessToken))
        {
            throw Errors.AnswerMember(request, "access_token", "has characters that no token has");
        }

        if (body.RefreshToken is not (null or "") && !IsVisibleAscii(body.RefreshToken))
        {
            throw Errors.AnswerMember(request, "refresh_token", "has characters that no token has");
        }

        // RFC 6749 section 7.1: a client must not use a token of a type it does not know. The case does not matter (section 5.1).
        if (body.TokenType is not (null or "") && !body.TokenType.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.TokenTypeUnknown(request, WireFormat.Clean(body.TokenType, [body.AccessToken]));
        }

        var token = new AccessToken(new Secret(body.AccessToken), "Bearer", sentAt, ExpiresAt(body, request, sentAt), body.ScopeText);
        return new TokenResponse(token, Secret.FromNullable(body.RefreshToken));
    }

    private static TokenResponseBody ReadBody(HttpAnswer answer, OAuthRequest request)
    {
        if (answer.Json.IsEmpty)
        {
            throw Errors.AnswerEmpty(request, answer);
        }

        try
        {
            return JsonSerializer.Deserialize(answer.Json, TokenResponseJson.Default.TokenResponseBody)
                ?? throw Errors.AnswerNotJson(request, answer);
        }
        catch (JsonException)
        {
            throw Errors.AnswerNotJson(request, answer);
        }
    }

    private static DateTimeOffset? ExpiresAt(TokenResponseBody body, OAuthRequest request, DateTimeOffset sentAt)
    {
        if (Seconds(body.ExpiresIn, "expires_in", request) is { } lifetime)
        {
            return lifetime >= 0 && lifetime <= (DateTimeOffset.MaxValue - sentAt).TotalSeconds
                ? sentAt.AddSeconds(lifetime)
                : throw Errors.AnswerMember(request, "expires_in", "is not a number of seconds from now");
        }

        if (Seconds(body.ExpiresAt, "expires_at", request) is { } moment)
        {
            return moment >= 0 && moment <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? DateTimeOffset.FromUnixTimeSeconds((long)moment)
                : throw Errors.AnswerMember(request, "expires_at", "is not a number of seconds since 1970");
        }

        return null;
    }

    // Numbers arrive as strings from more than one server, and with a fraction from some.
    private static double? Seconds(JsonElement value, string name, OAuthRequest request)
    {
        var number = 0.0;
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.Number when value.TryGetDouble(out number) && double.IsFinite(number) => Math.Truncate(number),
            JsonValueKind.String when double.TryParse(TokenResponseBody.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number) => Math.Truncate(number),
            _ => throw Errors.AnswerMember(request, name, "is not a number"),
        };
    }

    private static bool IsVisibleAscii(string token) => !token.AsSpan().ContainsAnyExceptInRange('!', '~');
}

/// <summary>The members as they stand in the JSON.</summary>
internal sealed class TokenResponseBody
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("token_type")]
    public string? TokenType { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    [JsonPropertyName("expires_in")]
    public JsonElement ExpiresIn { get; init; }

    [JsonPropertyName("expires_at")]
    public JsonElement ExpiresAt { get; init; }

    [JsonPropertyName("scope")]
    public JsonElement Scope { get; init; }

    // A scope is text for people: one that is none, or empty, is as good as not there.
    [JsonIgnore]
    internal string? ScopeText => Text(Scope) is { } scope && WireFormat.Clean(scope, []) is { Length: > 0 } text ? text : null;

    internal static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 that is half a character: JSON by its grammar, and no text.
            return null;
        }
    }
}

[JsonSerializable(typeof(TokenResponseBody))]
internal sealed partial class TokenResponseJson : JsonSerializerContext;
