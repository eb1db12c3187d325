using OAuthPS.Flows.Http;

namespace OAuthPS.Emulator;

/// <summary>A rehearsed server's token endpoint: what it takes is the specifications', what it answers is its dialect's.</summary>
internal sealed class RehearsedTokenEndpoint(
    Rehearsal rehearsal, RehearsedTokens tokens, AuthorizationCodes codes, RehearsedDevices devices)
{
    private const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>The grant types that it takes.</summary>
    public static IReadOnlyList<string> GrantTypes { get; } =
        ["client_credentials", "authorization_code", "password", "refresh_token", DeviceCode];

    /// <summary>Answers a token request.</summary>
    public Answer Handle(HttpContext context)
    {
        var inQuery = rehearsal.Provider.TokenParameters is ParameterPlacement.Query or ParameterPlacement.Get;
        if ((inQuery ? RequestParameters.FromQuery(context) : RequestParameters.FromBody(context)) is not { } parameters)
        {
            return Refuse("invalid_request", "The body must be a form or a JSON object.");
        }

        if (parameters.Doubled is { } doubled)
        {
            return Refuse("invalid_request", $"The parameter {doubled} is included more than once.");
        }

        if (RehearsedClient.Refuse(context, parameters, rehearsal.Provider) is { } refusal)
        {
            return rehearsal.Dialect.Refuse(refusal);
        }

        var grantType = parameters["grant_type"];
        return rehearsal.Dialect.GrantTypes.GetValueOrDefault(grantType ?? "", grantType ?? "") switch
        {
            "" => Refuse(OAuthRefusal.Missing("grant_type")),
            "client_credentials" => tokens.Issue(new Grant(DemoAccounts.RehearsalClientId, user: null, parameters["scope"] ?? "")),
            "authorization_code" => ExchangeCode(parameters),
            "password" => ForUser(parameters),
            "refresh_token" => parameters["refresh_token"] is { } refreshToken
                ? tokens.Refresh(refreshToken, parameters["scope"])
                : Refuse(OAuthRefusal.Missing("refresh_token")),
            DeviceCode => parameters["device_code"] is { } deviceCode
                ? devices.Poll(deviceCode, tokens.Issue)
                : Refuse(OAuthRefusal.Missing("device_code")),
            _ => Refuse("unsupported_grant_type", "The authorization server does not support this grant_type."),
        };
    }

    /// <summary>Answers a revocation request (RFC 7009).</summary>
    public Answer Revoke(HttpContext context)
    {
        var inQuery = rehearsal.Provider.RevocationParameters is ParameterPlacement.Query or ParameterPlacement.Get;
        var parameters = inQuery ? RequestParameters.FromQuery(context) : RequestParameters.FromBody(context);
        if (parameters?["token"] is not { } token)
        {
            return Refuse(OAuthRefusal.Missing("token"));
        }

        if (!inQuery && RehearsedClient.Refuse(context, parameters, rehearsal.Provider) is { } refusal)
        {
            return Refuse(refusal);
        }

        tokens.Revoke(token);
        return Answer.Text(200, "", "");
    }

    private Answer ExchangeCode(RequestParameters parameters)
    {
        if (parameters["code"] is not { } code)
        {
            return Refuse(OAuthRefusal.Missing("code"));
        }

        return codes.TryUse(code, DemoAccounts.RehearsalClientId, Check, out var issued, out var refusal)
            ? tokens.Issue(issued.Grant)
            : Refuse("invalid_grant", refusal);

        // The same redirect URI as in the authorization request, where the provider wants it (RFC 6749 section 4.1.3).
        string? Check(AuthorizationRequest request)
            => rehearsal.Provider.CodeExchangeSendsRedirectUri && parameters["redirect_uri"] != request.RedirectUri
                ? "redirect_uri is not the one of the authorization request."
                : Pkce.Refusal(request.CodeChallenge, parameters["code_verifier"]);
    }

    private Answer ForUser(RequestParameters parameters)
    {
        if (parameters.FirstMissing("username", "password") is { } missing)
        {
            return Refuse(OAuthRefusal.Missing(missing));
        }

        return DemoAccounts.IsRehearsalUser(parameters["username"]!, parameters["password"]!)
            ? tokens.Issue(new Grant(DemoAccounts.RehearsalClientId, DemoAccounts.RehearsalUserName, parameters["scope"] ?? ""))
            : Refuse("invalid_grant", "User name or password is wrong.");
    }

    private Answer Refuse(string error, string description) => Refuse(new OAuthRefusal(error, description));

    private Answer Refuse(OAuthRefusal refusal) => rehearsal.Dialect.Refuse(refusal);
}
