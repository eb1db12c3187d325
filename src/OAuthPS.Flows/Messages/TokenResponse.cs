using System.Globalization;
using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The token response (RFC 6749 section 5.1), with <c>expires_at</c> where a server says so instead of <c>expires_in</c>.
/// </summary>
internal sealed record TokenResponse(AccessToken AccessToken, Secret? RefreshToken, Secret? IdToken)
{
    private static readonly TimeSpan _sameTime = TimeSpan.FromSeconds(5);

    /// <summary>Who signed in, once the ID token has been checked; null before, and where there is none.</summary>
    internal string? Subject { get; init; }

    /// <param name="response">A 2xx response.</param>
    /// <param name="request">What it answers.</param>
    /// <param name="sentAt">
    /// When the request was sent: <c>expires_in</c> counts from then at the earliest, so the token is never believed to live longer than it
    /// does.
    /// </param>
    /// <exception cref="OAuthProtocolException">The response is not a token response.</exception>
    internal static TokenResponse Read(HttpResponse response, OAuthRequest request, DateTimeOffset sentAt)
    {
        if (response.Json.IsEmpty)
        {
            throw Errors.ResponseEmpty(request.Purpose, request.Endpoint, (int)response.StatusCode);
        }

        using var document = Parse(response.Json)
            ?? throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
        var body = TokenResponseBody.TryRead(document.RootElement)
            ?? throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
        return Check(body, JsonResponse.SourceOf(request), request, sentAt, response.Date);
    }

    /// <summary>The token response of the implicit flow, whose members are the parameters of a redirect (RFC 6749 section 4.2.2).</summary>
    /// <exception cref="OAuthProtocolException">The parameters are not a token response.</exception>
    internal static TokenResponse Read(AuthorizationResponse response, DateTimeOffset receivedAt)
    {
        var json = JsonText.Object(members =>
        {
            foreach (var (name, value) in response.Parameters)
            {
                members.WriteString(name, value);
            }
        });
        using var document = JsonDocument.Parse(json);
        return Check(
            TokenResponseBody.TryRead(document.RootElement)!, "the authorization response", request: null, receivedAt, serverTime: null);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TokenResponse Check(
        TokenResponseBody body, string source, OAuthRequest? request, DateTimeOffset sentAt, DateTimeOffset? serverTime)
    {
        // RFC 6749 section 3.2. What stands between the server and here may have read the other one.
        if (body.Repeated is { } repeated)
        {
            throw Errors.ResponseMember(source, repeated, "comes twice");
        }

        if (string.IsNullOrEmpty(body.AccessToken))
        {
            throw Errors.ResponseMember(source, "access_token", "is missing");
        }

        // RFC 6749 appendix A.12. It also keeps line breaks out of the Authorization header.
        if (!VisibleAscii.Is(body.AccessToken))
        {
            throw Errors.ResponseMember(source, "access_token", "has characters that no token has");
        }

        if (body.RefreshToken is not (null or "") && !VisibleAscii.Is(body.RefreshToken))
        {
            throw Errors.ResponseMember(source, "refresh_token", "has characters that no token has");
        }

        var (isBound, isExchange) = (request?.DPoP is not null, request?.Parameters.Value(ParameterNames.SubjectToken) is not null);

        // RFC 6749 section 7.1: a client must not use a token of a type it does not know. The case does not matter (section 5.1).
        var type = string.IsNullOrEmpty(body.TokenType) || body.TokenType.Equals(TokenTypes.Bearer, StringComparison.OrdinalIgnoreCase)
            ? TokenTypes.Bearer
            : isBound && body.TokenType.Equals(TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase) ? TokenTypes.DPoP
            : isExchange && body.TokenType.Equals(TokenTypes.NotApplicable, StringComparison.OrdinalIgnoreCase) ? TokenTypes.NotApplicable
            : throw Errors.TokenTypeUnknown(source, WireFormat.Clean(body.TokenType, Secrets(body, request)));
        if (isBound && type == TokenTypes.Bearer)
        {
            // RFC 9449 section 5: whoever wants a bound token discards any other.
            throw Errors.TokenNotBound(source);
        }

        var token = new AccessToken(
            new Secret(body.AccessToken), type, sentAt, ExpiresAt(body, source, sentAt, serverTime), Scope(body, request))
        {
            AuthorizationDetails = Details(body, request),
        };
        return new TokenResponse(token, Secret.FromNullable(body.RefreshToken), Secret.FromNullable(body.IdToken));
    }

    private static DateTimeOffset? ExpiresAt(TokenResponseBody body, string source, DateTimeOffset sentAt, DateTimeOffset? serverTime)
    {
        if (Seconds(body.ExpiresIn, "expires_in", source) is { } lifetime)
        {
            return lifetime >= 0 && lifetime <= (DateTimeOffset.MaxValue - sentAt).Ticks / TimeSpan.TicksPerSecond
                ? sentAt.AddTicks((long)lifetime * TimeSpan.TicksPerSecond)
                : throw Errors.ResponseMember(source, "expires_in", "is not a number of seconds from now");
        }

        if (Seconds(body.ExpiresAt, "expires_at", source) is { } moment)
        {
            return moment >= 0 && moment <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? ByOurClock(DateTimeOffset.FromUnixTimeSeconds((long)moment), sentAt, serverTime)
                : throw Errors.ResponseMember(source, "expires_at", "is not a number of seconds since 1970");
        }

        return null;
    }

    // expires_at is a moment of the server's clock. Where that differs from ours, the token would be expired on arrival or be kept
    // too long: then it counts for how long it lives. A few seconds are the way of the response, not the clock.
    private static DateTimeOffset ByOurClock(DateTimeOffset moment, DateTimeOffset sentAt, DateTimeOffset? serverTime)
    {
        if (serverTime is not { } date || (date - sentAt).Duration() <= _sameTime)
        {
            return moment;
        }

        var lifetime = moment - date;
        return lifetime <= DateTimeOffset.MaxValue - sentAt && lifetime >= DateTimeOffset.MinValue - sentAt ? sentAt + lifetime : moment;
    }

    // Numbers arrive as strings from more than one server, and with a fraction from some.
    private static double? Seconds(JsonElement value, string name, string source)
    {
        var number = 0.0;
        return value.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.Number when value.TryGetDouble(out number) && double.IsFinite(number) => Math.Truncate(number),
            JsonValueKind.String when double.TryParse(WireFormat.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                && double.IsFinite(number) => Math.Truncate(number),
            _ => throw Errors.ResponseMember(source, name, "is not a number"),
        };
    }

    // A scope is text for people, and whole: one that is no text, or empty, is as good as not there. The one that was asked for is
    // the user's own words, and no secret is looked for in it.
    private static string? Scope(TokenResponseBody body, OAuthRequest? request)
    {
        if (WireFormat.Text(body.Scope) is not { } scope)
        {
            return null;
        }

        var secrets = scope == request?.Parameters.Value(ParameterNames.Scope) ? [] : Secrets(body, request);
        return WireFormat.Clean(scope, secrets, int.MaxValue) is { Length: > 0 } text ? text : null;
    }

    private static string? Details(TokenResponseBody body, OAuthRequest? request)
    {
        try
        {
            return body.AuthorizationDetails.ValueKind == JsonValueKind.Array
                ? WireFormat.Clean(body.AuthorizationDetails.GetRawText(), Secrets(body, request), int.MaxValue)
                : null;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no text.
            return null;
        }
    }

    // What the response must not show under another name.
    private static string[] Secrets(TokenResponseBody body, OAuthRequest? request) =>
        [.. request?.Secrets ?? [], body.AccessToken ?? "", body.RefreshToken ?? "", body.IdToken ?? ""];

}
