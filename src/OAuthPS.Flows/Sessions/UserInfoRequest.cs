using System.Text.Json;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Tokens;

namespace OAuthPS.Flows.Sessions;

/// <summary>
/// The UserInfo request (OpenID Connect Core 1.0 section 5.3.1): with the session's token, and with nothing that is meant for an API.
/// </summary>
internal static class UserInfoRequest
{
    internal static async Task<JsonElement> SendAsync(
        OAuthSession session, AuthorizationServer server, SessionTokens tokens, IFlowLog log, CancellationToken cancellationToken)
    {
        await server.FollowMetadataAsync(log, cancellationToken).ConfigureAwait(false);
        var path = server.Provider.UserInfoEndpoint ?? throw Errors.NoUserInfoEndpoint(server.Provider.Names);
        var subject = SubjectOf(tokens.State ?? throw Errors.SessionEnded(session.Name)) ?? throw Errors.NoIdToken(session.Name);
        var call = new ApiCall
        {
            Uri = OAuthProvider.At(server.ServiceUrl, path),
            Headers = new Dictionary<string, string> { ["Accept"] = "application/json, application/jwt;q=0.9" },
            ProtocolPurpose = "UserInfo request",
        };
        var response = await session.Api.SendAsync(call, tokens, log, cancellationToken).ConfigureAwait(false);
        var claims = UserInfoResponse.IsSigned(response.MediaType)
            ? await UserInfoResponse.ReadSignedAsync(new Secret(response.ReadAscii()), server, log, cancellationToken).ConfigureAwait(false)
            : UserInfoResponse.Read(response.ReadText()) ?? throw Errors.ApiResponseNotJson(response.Call, response.MediaType);
        return UserInfoResponse.RequireSubject(claims, subject);
    }

    // Where no issuer is known an ID token is not checked; it came straight from the token endpoint all the same, as the response does.
    private static string? SubjectOf(TokenState state) => state.Subject
        ?? (state.IdToken is { } idToken && JsonWebSignature.TryRead(idToken.Reveal()) is { } jws
            ? JsonWebSignature.Text(jws.Claims, "sub")
            : null);
}
