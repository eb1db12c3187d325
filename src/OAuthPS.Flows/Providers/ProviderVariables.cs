namespace OAuthPS.Flows.Providers;

/// <summary>Puts what a customer gives into the addresses of a provider.</summary>
public static class ProviderVariables
{
    /// <summary>The provider with its addresses complete; the provider itself where nothing in them differs.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="values">What the customer gives, by the names of the variables in any case.</param>
    /// <param name="serviceUrl">Where the provider is instead of its own address or issuer, which need nothing then; else null.</param>
    /// <exception cref="OAuthUsageException">A value is missing, cannot be one, or is of no variable.</exception>
    public static OAuthProvider Fill(OAuthProvider provider, IReadOnlyDictionary<string, string> values, Uri? serviceUrl = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Keys.FirstOrDefault(name => !provider.Variables.Any(variable => variable.Has(name))) is { } unknown)
        {
            throw Errors.VariableUnknown(provider.Names, unknown, [.. provider.Variables.Select(variable => variable.Name)]);
        }

        if (provider.Variables.Count == 0)
        {
            return provider;
        }

        return provider with
        {
            ServiceUrl = serviceUrl is null && Address(provider.ServiceUrlTemplate) is { } address
                ? Absolute(address)
                : provider.ServiceUrl,
            ServiceUrlTemplate = serviceUrl is null ? null : provider.ServiceUrlTemplate,
            Issuer = serviceUrl is null ? Address(provider.Issuer) : provider.Issuer,
            TokenEndpoint = Text(provider.TokenEndpoint),
            AuthorizationEndpoint = Text(provider.AuthorizationEndpoint),
            DeviceAuthorizationEndpoint = Text(provider.DeviceAuthorizationEndpoint),
            PushedAuthorizationRequestEndpoint = Text(provider.PushedAuthorizationRequestEndpoint),
            RevocationEndpoint = Text(provider.RevocationEndpoint),
            IntrospectionEndpoint = Text(provider.IntrospectionEndpoint),
            UserInfoEndpoint = Text(provider.UserInfoEndpoint),
            JwksEndpoint = Text(provider.JwksEndpoint),
            ApiUrls = [.. provider.ApiUrls.Select(Elsewhere).OfType<string>()],
            FirstCall = Elsewhere(provider.FirstCall),
            ClientAssertion = provider.ClientAssertion is null ? null
                : provider.ClientAssertion with { Audience = Text(provider.ClientAssertion.Audience) },
        };

        string? Address(string? template) => Filled(template, OAuthInput.ServiceUrl);

        // At another address an issuer says for itself what stands here.
        string? Text(string? template) =>
            serviceUrl is not null && provider.Issuer is not null && IsOpen(template) ? null : Filled(template);

        // What is not below the service URL is not known of another one.
        string? Elsewhere(string? template) => serviceUrl is not null && IsOpen(template) ? null : Filled(template);

        bool IsOpen(string? template) => template is not null && provider.Variables.Any(variable =>
            template.Contains(variable.Placeholder, StringComparison.Ordinal) && Given(variable, values) is null);

        string? Filled(string? template, params OAuthInput[] otherwise) => template is null ? null : provider.Variables.Aggregate(
            template,
            (text, variable) => text.Contains(variable.Placeholder, StringComparison.Ordinal)
                ? text.Replace(variable.Placeholder, ValueOf(provider, variable, values, otherwise), StringComparison.Ordinal)
                : text);
    }

    /// <summary>The examples of a provider's variables, by name.</summary>
    public static IReadOnlyDictionary<string, string> Examples(OAuthProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return provider.Variables.ToDictionary(variable => variable.Name, variable => variable.Example);
    }

    private static string? Given(ProviderVariable variable, IReadOnlyDictionary<string, string> values) =>
        values.FirstOrDefault(given => variable.Has(given.Key)).Value ?? variable.Default;

    private static Uri Absolute(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : throw Errors.UrlNotAbsolute(address);

    private static string ValueOf(
        OAuthProvider provider, ProviderVariable variable, IReadOnlyDictionary<string, string> values, OAuthInput[] otherwise)
    {
        var value = Given(variable, values)
            ?? throw Errors.VariableNeeded(provider.Names, variable.Name, variable.Meaning, variable.Example, otherwise);
        return variable.TextOf(value)
            ?? throw Errors.InvalidVariable(
                provider.Names, variable.Name, value, [.. variable.Values.Keys], variable.Example, otherwise);
    }
}
