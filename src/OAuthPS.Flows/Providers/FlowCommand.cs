namespace OAuthPS.Flows.Providers;

/// <summary>How a flow of a provider is started, as a line to copy and paste.</summary>
public static class FlowCommand
{
    /// <summary>The command line; what only the user knows stands in angle brackets, and secrets are asked for.</summary>
    public static string Of(OAuthProvider provider, OAuthFlow flow)
    {
        ArgumentNullException.ThrowIfNull(provider);
        List<string> words = ["Connect-OAuthProvider", provider.Name];

        // The first flow is what is run for what it needs; any other may need to be named.
        if (flow != provider.Flows[0])
        {
            words.Add($"-Flow {flow}");
        }

        if (provider.ServiceUrl is null && provider.Issuer is null)
        {
            words.Add($"-ServiceUrl {provider.ServiceUrlExample ?? "<address>"}");
        }

        words.AddRange(Credentials(provider, flow));
        // What a person agrees to is a scope.
        var asksPerson = flow is OAuthFlow.AuthorizationCode or OAuthFlow.Implicit or OAuthFlow.DeviceCode;
        if (provider.ScopeNeededBy.Contains(flow) || (asksPerson && provider.SendsScope))
        {
            words.Add("-Scope '<scope>'");
        }

        var headers = provider.ApiHeadersOf(flow).Select(header => $"'{header.Name}' = '<{header.Meaning}>'").ToList();
        if (headers.Count > 0)
        {
            words.Add($"-Header @{{ {string.Join("; ", headers)} }}");
        }

        return string.Join(' ', words);
    }

    private static IEnumerable<string> Credentials(OAuthProvider provider, OAuthFlow flow)
    {
        var client = $"-ClientCredential (Get-Credential -Message 'Client id and secret of {provider.Name}')";
        var user = $"-Credential (Get-Credential -Message 'Your name and password at {provider.Name}')";
        string Ask(string parameter, string what) => $"{parameter} (Read-Host '{what} of {provider.Name}' -AsSecureString)";
        return flow switch
        {
            OAuthFlow.Basic => [provider.Basic?.Credential == BasicCredential.User ? user : client],
            OAuthFlow.Password => provider.PasswordNeedsClient ? [client, user] : [user],
            OAuthFlow.RefreshToken => [Ask("-RefreshToken", "Refresh token"), client],
            OAuthFlow.TokenExchange => [Ask("-SubjectToken", "Token"), client],
            OAuthFlow.JwtBearer => [Ask("-Assertion", "Assertion"), client],
            OAuthFlow.ClientCredentials => [client],
            _ => [provider.ClientAuthentications.Contains(ClientAuthenticationMethod.None) ? "-ClientId '<id>'" : client],
        };
    }
}
