namespace OAuthPS.Emulator;

/// <summary>
/// <c>POST /api/v1/auth/jwt/token</c>: grant types <c>password</c> and <c>client_credentials</c>; <c>scope</c> is ignored.
/// </summary>
internal sealed class SpatiaFiTokenEndpoint(SpatiaFiClientAuthentication authentication, SpatiaFiTokens tokens)
{
    private static readonly string[] _userFields = ["username", "password"];

    public Answer Handle(HttpContext context)
    {
        // FastAPI reads nothing from a body that is no form, and so misses the first required field.
        if (RequestParameters.FromForm(context) is not { } form)
        {
            return SpatiaFiError.Missing("grant_type");
        }

        if (form.Doubled is { } doubled)
        {
            return SpatiaFiError.BadRequest("invalid_request", $"The parameter {doubled} is included more than once.");
        }

        return form["grant_type"] switch
        {
            null => SpatiaFiError.Missing("grant_type"),
            "password" => ForUser(form),
            "client_credentials" => authentication.Refuse(context, form, out var clientId) ?? tokens.Issue(clientId),
            _ => SpatiaFiError.BadRequest("unsupported_grant_type", "grant_type must be password or client_credentials."),
        };
    }

    // "client_id and client_secret fields are not required for password grant"
    private Answer ForUser(RequestParameters form)
    {
        string[] missing = [.. _userFields.Where(name => form[name] is null)];
        if (missing.Length > 0)
        {
            return SpatiaFiError.Missing(missing);
        }

        var user = new BasicCredentials(form["username"]!, form["password"]!);
        return user.Match(DemoAccounts.SpatiaFiUserName, DemoAccounts.SpatiaFiPassword)
            ? tokens.Issue(clientId: "")
            : SpatiaFiError.Of(400, "LOGIN_BAD_CREDENTIALS");
    }
}
