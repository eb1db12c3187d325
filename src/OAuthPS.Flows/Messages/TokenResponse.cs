using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>The token response (RFC 6749 section 5.1), as the specification and as large servers write it.</summary>
internal sealed record TokenResponse(AccessToken AccessToken, Secret? RefreshToken, Secret? IdToken)
{
    private static readonly TokenResponseFormat _standard = new();

    /// <summary>Who signed in, once the ID token has been checked; null before, and where there is none.</summary>
    internal string? Subject { get; init; }

    /// <summary>How long the refresh token lives; null when the server did not say.</summary>
    internal TokenSpan? RefreshTokenSpan { get; private init; }

    /// <summary>What else the server says, by its own names.</summary>
    internal IReadOnlyDictionary<string, ResponseMember> Members { get; private init; } = ResponseMembers.None;

    /// <summary>What a user should know of how the response was read.</summary>
    internal IReadOnlyList<OAuthNotice> Remarks { get; private init; } = [];

    /// <param name="response">A 2xx response.</param>
    /// <param name="request">What it answers.</param>
    /// <param name="sentAt">
    /// When the request was sent: <c>expires_in</c> counts from then at the earliest, so the token is never believed to live longer than it
    /// does.
    /// </param>
    /// <param name="format">The provider's ways of its own; null where it has none.</param>
    /// <exception cref="OAuthProtocolException">The response is not a token response.</exception>
    /// <exception cref="OAuthServerException">The response is a refusal, whatever its status.</exception>
    internal static TokenResponse Read(
        HttpResponse response, OAuthRequest request, DateTimeOffset sentAt, TokenResponseFormat? format = null)
    {
        if (response.Json.IsEmpty)
        {
            throw Errors.ResponseEmpty(request.Purpose, request.Endpoint, (int)response.StatusCode);
        }

        using var document = ResponseDocument.TryParse(response)
            ?? throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
        var body = TokenResponseBody.TryRead(document.RootElement, format ?? _standard)
            ?? throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
        var source = JsonResponse.SourceOf(request);
        if (string.IsNullOrEmpty(body.AccessToken))
        {
            throw RefusalInSuccess.Find(response, request, document.RootElement) ?? (OAuthException)Missing(body, source, format);
        }

        return Check(body, new Origin(source, request, sentAt, response.Date, format ?? _standard));
    }

    /// <summary>The token response of the implicit flow, whose members are the parameters of a redirect (RFC 6749 section 4.2.2).</summary>
    /// <param name="response">The parameters.</param>
    /// <param name="receivedAt">When they came.</param>
    /// <param name="textMembers">Names of those that the provider's data say are harmless.</param>
    /// <exception cref="OAuthProtocolException">The parameters are not a token response.</exception>
    internal static TokenResponse Read(AuthorizationResponse response, DateTimeOffset receivedAt, IReadOnlyList<string>? textMembers = null)
    {
        using var document = JsonDocument.Parse(response.ToJson());
        var body = TokenResponseBody.TryRead(document.RootElement, _standard)!;
        const string Source = "the authorization response";
        return string.IsNullOrEmpty(body.AccessToken)
            ? throw Missing(body, Source, format: null)
            : Check(body, new Origin(Source, Request: null, receivedAt, ServerTime: null, new() { TextMembers = textMembers ?? [] }));
    }

    private static OAuthProtocolException Missing(TokenResponseBody body, string source, TokenResponseFormat? format) =>
        !string.IsNullOrEmpty(body.IdToken) ? Errors.OnlyIdToken(source)
        : format?.Path is { } path && body.Members.Count == 0 ? Errors.ResponseMember(source, path, "is missing")
        : Errors.ResponseMember(source, body.Names["access_token"][0], "is missing");

    private static TokenResponse Check(TokenResponseBody body, Origin origin)
    {
        // RFC 6749 section 3.2. What stands between the server and here may have read the other one.
        if (body.Repeated is { } repeated)
        {
            throw Errors.ResponseMember(origin.Source, repeated, "comes twice");
        }

        RequireToken(body.AccessToken!, "access_token", origin.Source);
        RequireToken(body.RefreshToken ?? "", ParameterNames.RefreshToken, origin.Source);
        string[] secrets = [.. origin.Request?.Secrets ?? [], body.AccessToken!, body.RefreshToken ?? "", body.IdToken ?? ""];
        List<OAuthNotice> remarks = [];
        var type = Type(body, origin, secrets, remarks);
        var token = new AccessToken(
            new Secret(body.AccessToken!),
            type,
            origin.SentAt,
            TokenSpan.End(body.Ends, origin, remarks),
            GrantedScope.Of(body.Scope, origin.Request, secrets))
        {
            AuthorizationDetails = Details(body, secrets),
        };
        return new TokenResponse(token, Secret.FromNullable(body.RefreshToken), Secret.FromNullable(body.IdToken))
        {
            RefreshTokenSpan = TokenSpan.End(body.RefreshTokenEnds, origin, remarks) is { } end ? new TokenSpan(origin.SentAt, end) : null,
            Members = MembersOf(body, origin),
            Remarks = remarks,
        };
    }

    // RFC 6749 appendix A.12. It also keeps line breaks out of the Authorization header.
    private static void RequireToken(string token, string name, string source)
    {
        if (!VisibleAscii.Is(token) && token.Length > 0)
        {
            throw Errors.ResponseMember(source, name, "has characters that no token has");
        }
    }

    private static string Type(TokenResponseBody body, Origin origin, string[] secrets, List<OAuthNotice> remarks)
    {
        var isBound = origin.Request?.DPoP is not null;
        var isExchange = origin.Request?.Parameters.Value(ParameterNames.SubjectToken) is not null;
        var (type, isTaken) = TokenType.Of(body.TokenType, origin.Request is not null, isBound, isExchange)
            ?? throw Errors.TokenTypeUnknown(origin.Source, WireFormat.Clean(body.TokenType!, secrets));
        if (isBound && type == TokenTypes.Bearer)
        {
            // RFC 9449 section 5: whoever wants a bound token discards any other.
            throw Errors.TokenNotBound(origin.Source);
        }

        if (isTaken)
        {
            remarks.Add(Notices.TokenTypeTaken(WireFormat.Clean(body.TokenType!.Trim(), secrets, 100)));
        }

        return type;
    }

    private static string? Details(TokenResponseBody body, string[] secrets)
    {
        try
        {
            return body.AuthorizationDetails.ValueKind == JsonValueKind.Array
                ? WireFormat.Clean(body.AuthorizationDetails.GetRawText(), secrets, int.MaxValue)
                : null;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no text.
            return null;
        }
    }

    // Those beside the token, and those of the whole response where the token stands deeper in it.
    private static IReadOnlyDictionary<string, ResponseMember> MembersOf(TokenResponseBody body, Origin origin)
    {
        if (body.Above.Count == 0 && !body.Members.Keys.Any(body.Names.IsKept))
        {
            return ResponseMembers.None;
        }

        string[] secrets =
        [
            .. origin.Request?.Secrets ?? [],
            .. new[] { body.AccessToken, body.RefreshToken, body.IdToken }.Where(token => !string.IsNullOrEmpty(token))
                .Select(token => HarmlessMembers.SoughtPart(token!)),
        ];
        var beside = ResponseMembers.Of(body.Members, body.Names.IsKept, origin.Format.TextMembers, secrets);
        return ResponseMembers.Merge(ResponseMembers.Of(body.Above, body.Names.IsKept, origin.Format.TextMembers, secrets), beside);
    }

    /// <summary>Where a response comes from.</summary>
    internal readonly record struct Origin(
        string Source, OAuthRequest? Request, DateTimeOffset SentAt, DateTimeOffset? ServerTime, TokenResponseFormat Format);
}
