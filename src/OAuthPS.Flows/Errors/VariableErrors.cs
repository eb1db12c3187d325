using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about the parts of a provider's addresses that differ from customer to customer.</content>
internal static partial class Errors
{
    /// <param name="provider">The provider.</param>
    /// <param name="variable">The part's name.</param>
    /// <param name="meaning">What it is, for a person.</param>
    /// <param name="example">A value.</param>
    /// <param name="otherwise">What may be given instead; none where nothing may.</param>
    internal static OAuthUsageException VariableNeeded(
        ProviderNames provider, string variable, string meaning, string example, params OAuthInput[] otherwise) => new(
        OAuthErrorId.VariableNeeded,
        $"{provider.DisplayName} needs the {variable}: {meaning}.",
        $"Give it, such as {example}{(otherwise.Length > 0 ? ", or the whole address" : "")}.")
    {
        Provider = provider.Name,
        Variable = variable,
        Example = example,
        Inputs = otherwise,
    };

    /// <param name="provider">The provider.</param>
    /// <param name="variable">The part's name.</param>
    /// <param name="value">What was given.</param>
    /// <param name="known">The values there are; empty where any label of a host name is one.</param>
    /// <param name="example">A value.</param>
    /// <param name="otherwise">What may be given instead; none where nothing may.</param>
    internal static OAuthUsageException InvalidVariable(
        ProviderNames provider, string variable, string value, IReadOnlyList<string> known, string example,
        params OAuthInput[] otherwise) => new(
        OAuthErrorId.InvalidVariable,
        $"'{ShownInput.Text(value)}' cannot be the {variable} of {provider.DisplayName}: "
            + (known.Count > 0 ? $"it is one of {string.Join(", ", known)}."
                : "it has letters, digits and hyphens, 63 at most, and stands in an address."),
        $"Give it as {provider.DisplayName} writes it, such as {example}{(otherwise.Length > 0 ? ", or the whole address" : "")}.")
    {
        Provider = provider.Name,
        Variable = variable,
        Example = example,
        Inputs = otherwise,
    };

    internal static OAuthUsageException VariableUnknown(ProviderNames provider, string variable, IReadOnlyList<string> known) => new(
        OAuthErrorId.InvalidVariable,
        $"The addresses of {provider.DisplayName} have no part named '{ShownInput.Text(variable)}'.",
        known.Count == 0 ? "Leave it out." : $"They have {string.Join(", ", known)}.")
    {
        Provider = provider.Name,
    };
}
