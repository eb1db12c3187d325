namespace OAuthPS.Flows.Providers;

/// <summary>What a flow needs from the user at a provider, in the words of the cmdlet's parameters.</summary>
public static class FlowNeeds
{
    /// <summary>The flow and the parameters it needs, such as <c>Password (-Credential)</c>.</summary>
    public static string Describe(OAuthProvider provider, OAuthFlow flow) => $"{flow} ({string.Join(" and ", Parameters(provider, flow))})";

    /// <summary>The names of the parameters without which the flow cannot start.</summary>
    public static IReadOnlyList<string> Parameters(OAuthProvider provider, OAuthFlow flow)
    {
        ArgumentNullException.ThrowIfNull(provider);
        const string user = "-Credential";
        const string secret = "-ClientCredential";
        var client = provider.ClientAuthentications.Contains(ClientAuthenticationMethod.PrivateKeyJwt) ? $"{secret} or -ClientKey" : secret;
        var anyClient = provider.ClientAuthentications.Contains(ClientAuthenticationMethod.None) ? $"{client} or -ClientId" : client;
        return flow switch
        {
            OAuthFlow.Basic => [provider.Basic?.Credential == BasicCredential.User ? user : secret],
            OAuthFlow.Password => provider.PasswordNeedsClient ? [client, user] : [user],
            OAuthFlow.RefreshToken => ["-RefreshToken", anyClient],
            OAuthFlow.ClientCredentials => [client],
            OAuthFlow.TokenExchange => ["-SubjectToken"],
            OAuthFlow.JwtBearer => ["-Assertion or -ClientKey"],
            _ => [anyClient],
        };
    }
}
