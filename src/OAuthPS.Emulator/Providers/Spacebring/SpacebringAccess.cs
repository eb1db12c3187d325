namespace OAuthPS.Emulator;

/// <summary>Who may call Spacebring's API: a customer by Basic, or a partner by a bearer token with a scope, for one network.</summary>
internal sealed class SpacebringAccess(AccessTokens accessTokens)
{
    private const string NetworkHeader = "spacebring-network-id";

    /// <summary>Refuses who may not read a resource of the network; null lets pass.</summary>
    public Answer? RefuseToRead(HttpContext context, string resource) => Refuse(context, resource, write: false);

    /// <summary>Refuses who may not write a resource of the network; null lets pass.</summary>
    public Answer? RefuseToWrite(HttpContext context, string resource) => Refuse(context, resource, write: true);

    /// <summary>Refuses who did not prove who they are; null lets pass.</summary>
    public Answer? Refuse(HttpContext context) => Authenticate(context, out _);

    private Answer? Refuse(HttpContext context, string resource, bool write)
    {
        if (Authenticate(context, out var token) is { } refusal)
        {
            return refusal;
        }

        return RefuseNetwork(context, required: token is not null)
            ?? (token is null || SpacebringScope.Grants(token.Scope, resource, write) ? null : SpacebringError.Forbidden(resource, write));
    }

    private Answer? Authenticate(HttpContext context, out AccessToken? token)
    {
        token = null;
        var reason = "Client ID or client secret is wrong.";
        var accepted = BasicCredentials.Of(context)?.Match(DemoAccounts.SpacebringClientId, DemoAccounts.SpacebringClientSecret)
            ?? BearerToken.TryFind(context, accessTokens, out token, out reason);
        return accepted
            ? null
            : SpacebringError.Of(401, reason)
                .With("WWW-Authenticate", BearerToken.Challenge(context, reason))
                .With("WWW-Authenticate", "Basic realm=\"Spacebring\", charset=\"UTF-8\"");
    }

    // "Required when using bearer token authentication": a customer's credentials belong to one network.
    private static Answer? RefuseNetwork(HttpContext context, bool required) => context.Request.Headers[NetworkHeader] switch
    {
        [DemoAccounts.SpacebringNetworkId] => null,
        [] when !required => null,
        [] => SpacebringError.Of(400, $"The header {NetworkHeader} is missing."),
        _ => SpacebringError.Of(400, $"The network that the header {NetworkHeader} names is not found."),
    };
}
