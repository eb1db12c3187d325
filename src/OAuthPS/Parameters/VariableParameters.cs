using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;
using OAuthPS.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Parameters;

/// <summary>
/// The parameters that a provider adds to a cmdlet: one for each part of its addresses that differs from customer to customer, by the
/// provider's own word for it.
/// </summary>
internal static class VariableParameters
{
    /// <summary>The parameters; null where the provider has none, so that a cmdlet binds as fast as without them.</summary>
    /// <param name="provider">The provider's name; null or unknown when it is not bound yet.</param>
    /// <param name="cmdlet">The cmdlet, whose own parameters none of these hides.</param>
    internal static RuntimeDefinedParameterDictionary? Of(string? provider, Type cmdlet)
    {
        if (string.IsNullOrEmpty(provider) || BuiltInProviders.Find(provider) is not null || Find(provider) is not { Count: > 0 } variables)
        {
            return null;
        }

        var parameters = new RuntimeDefinedParameterDictionary();
        foreach (var variable in variables.Where(variable => !IsTaken(variable, cmdlet)))
        {
            parameters.Add(variable.Name, new RuntimeDefinedParameter(variable.Name, typeof(string), new Collection<Attribute>
            {
                new ParameterAttribute { HelpMessage = variable.ToString() },
                new ValidateNotNullOrEmptyAttribute(),
                new ArgumentCompleterAttribute(typeof(VariableCompleter)),
            }));
        }

        return parameters;
    }

    /// <summary>What was given with them, by name.</summary>
    internal static IReadOnlyDictionary<string, string> Values(RuntimeDefinedParameterDictionary? parameters) =>
        (parameters?.Values ?? Enumerable.Empty<RuntimeDefinedParameter>()).Where(parameter => parameter.IsSet)
            .ToDictionary(parameter => parameter.Name, parameter => (string)parameter.Value);

    /// <summary>Whether the cmdlet has a parameter of its own, or one of PowerShell's, by the name of a variable.</summary>
    internal static bool IsTaken(ProviderVariable variable, Type cmdlet) =>
        cmdlet.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute), inherit: true))
            .SelectMany(property => AliasesOf(property).Append(property.Name))
            .Concat(new[] { typeof(CommonParameters), typeof(ShouldProcessParameters) }
                .SelectMany(common => common.GetProperties()).Select(property => property.Name))
            .Contains(variable.Name, StringComparer.OrdinalIgnoreCase);

    // As they are written, for hosts in which there is no PowerShell to ask.
    private static IEnumerable<string> AliasesOf(PropertyInfo property) => property.GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType == typeof(AliasAttribute))
        .SelectMany(attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
        .Select(alias => (string)alias.Value!);

    private static IReadOnlyList<ProviderVariable>? Find(string provider)
    {
        try
        {
            return ProviderCatalog.User.Get(provider).Variables;
        }
        catch (OAuthException)
        {
            // No such provider, or a damaged file: the cmdlet will say so once its parameters are bound.
            return null;
        }
    }
}
