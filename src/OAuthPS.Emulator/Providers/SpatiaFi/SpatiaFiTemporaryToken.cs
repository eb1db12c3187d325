namespace OAuthPS.Emulator;

/// <summary><c>GET /api/v1/auth/jwt/token/basic</c>: a temporary token for the user's e-mail address and password.</summary>
internal static class SpatiaFiTemporaryToken
{
    public static Answer Handle(HttpContext context, SpatiaFiTokens tokens)
    {
        if (BasicCredentials.Of(context) is not { } credentials)
        {
            return SpatiaFiError.Of(401, "Not authenticated").With("WWW-Authenticate", "Basic");
        }

        return credentials.Match(DemoAccounts.SpatiaFiUserName, DemoAccounts.SpatiaFiPassword)
            ? tokens.Issue(clientId: "")
            : SpatiaFiError.Of(400, "LOGIN_BAD_CREDENTIALS");
    }
}
