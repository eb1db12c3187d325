using System.Text.RegularExpressions;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Registration;

/// <summary>Whether what a file says of parts of addresses can work.</summary>
internal static partial class VariablesCheck
{
    private const int Most = 10;
    private const int MostValues = 100;

    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(OAuthProvider provider)
    {
        var variables = provider.Variables;
        if (variables.Count > Most || variables.Any(variable => variable is not { Name: not null, Values: not null }
            || !VariableName().IsMatch(variable.Name) || string.IsNullOrWhiteSpace(variable.Meaning)))
        {
            return $"an item of 'variables' has no 'name' of letters and digits, an upper-case letter first, or no 'meaning', or there are "
                + $"more than {Most}";
        }

        if (variables.Select(variable => variable.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() < variables.Count)
        {
            return "'variables' has a name twice";
        }

        if (variables.FirstOrDefault(variable => variable.Values.Count > MostValues
            || variable.Values.Values.Any(text => text is null || !AddressPart().IsMatch(text))
            || variable.Values.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < variable.Values.Count) is { } odd)
        {
            return $"'values' of '{odd.Name}' has more than {MostValues} items, a name twice, or a value that is no part of a host name";
        }

        if (variables.FirstOrDefault(variable => variable.Example is null || variable.TextOf(variable.Example) is null
            || (variable.Default is { } given && variable.TextOf(given) is null)) is { } wrong)
        {
            return $"'example' or 'default' of '{wrong.Name}' is no value of it";
        }

        return PlaceFlaw(provider);
    }

    /// <summary>The provider as each customer may see it, by its examples and by every value there is: all of them must work.</summary>
    internal static IEnumerable<OAuthProvider> Samples(OAuthProvider provider)
    {
        var examples = ProviderVariables.Examples(provider);
        return provider.Variables
            .SelectMany(variable => variable.Values.Keys.Select(
                value => new Dictionary<string, string>(examples) { [variable.Name] = value }))
            .Append(examples)
            .Select(values => ProviderVariables.Fill(provider, values));
    }

    private static string? PlaceFlaw(OAuthProvider provider)
    {
        if (provider is { ServiceUrl: not null, ServiceUrlTemplate: not null })
        {
            return "it has both 'serviceUrl' and 'serviceUrlTemplate'";
        }

        if (provider.ServiceUrlTemplate is { } template
            && !(Placeholder().IsMatch(template) && Uri.TryCreate(Placeholder().Replace(template, "x"), UriKind.Absolute, out _)))
        {
            return "'serviceUrlTemplate' is no address with a variable in it";
        }

        string?[] places =
        [
            provider.ServiceUrlTemplate, provider.Issuer, provider.TokenEndpoint, provider.AuthorizationEndpoint,
            provider.DeviceAuthorizationEndpoint, provider.PushedAuthorizationRequestEndpoint, provider.RevocationEndpoint,
            provider.IntrospectionEndpoint, provider.UserInfoEndpoint, provider.JwksEndpoint, provider.ClientAssertion?.Audience,
            provider.FirstCall, .. provider.ApiUrls,
        ];
        var named = places.OfType<string>().SelectMany(place => Placeholder().Matches(place)).Select(match => match.Groups[1].Value)
            .ToHashSet();
        return provider.Variables.FirstOrDefault(variable => !named.Contains(variable.Name)) is { } unused
                ? $"no address has the variable '{unused.Name}' in it"
            : named.FirstOrDefault(name => !provider.Variables.Any(variable => variable.Name == name)) is { } unknown
                ? $"an address has '{{{unknown}}}' in it, which 'variables' does not explain"
            : null;
    }

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]{0,31}\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\z")]
    private static partial Regex AddressPart();

    // An upper-case letter first: {tenantid} of an issuer is Microsoft's own.
    [GeneratedRegex(@"\{([A-Z][A-Za-z0-9]*)\}")]
    private static partial Regex Placeholder();
}
