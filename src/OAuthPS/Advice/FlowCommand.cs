using OAuthPS.Flows;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Advice;

/// <summary>How a flow of a provider is started, as a line to copy and paste.</summary>
internal static class FlowCommand
{
    /// <summary>The command line; what only the user knows stands in angle brackets, and secrets are asked for.</summary>
    internal static string Of(OAuthProvider provider, OAuthFlow flow)
    {
        List<string> words = ["Connect-OAuthProvider", CommandText.Word(provider.Name)];

        // The first flow is what is run for what it needs; any other may need to be named.
        if (flow != provider.Flows[0])
        {
            words.Add($"-Flow {flow}");
        }

        words.AddRange(provider.Variables.Where(variable => variable.Default is null)
            .Select(variable => $"-{variable.Name} {CommandText.Quote(variable.Example)}"));
        if (provider is { ServiceUrl: null, Issuer: null, ServiceUrlTemplate: null })
        {
            words.Add($"-ServiceUrl {CommandText.Quote(provider.ServiceUrlExample ?? "<address>")}");
        }

        words.AddRange(FlowFacts.UsualInputsOf(flow, provider).Select(input => Ask(provider, input)));
        if (provider.ScopeNeededBy.Contains(flow) || (FlowFacts.NeedsPerson(flow) && provider.SendsScope))
        {
            words.Add($"-Scope {CommandText.Quote(provider.Scopes.Count > 0 ? provider.Scopes[0].Name : "<scope>")}");
        }

        var needed = FlowFacts.NeededParametersOf(flow, provider);
        if (needed.Count > 0)
        {
            words.Add($"-AdditionalParameter {CommandText.ToFillIn(needed.Select(parameter => (parameter.Name, parameter.Meaning)))}");
        }

        var headers = FlowFacts.ApiHeadersOf(flow, provider).Select(header => (header.Name, header.Meaning))
            .Concat(provider.TokenHeaders.Where(header => header.Value is null).Select(header => (header.Name, header.Meaning ?? "value")))
            .DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (headers.Count > 0)
        {
            words.Add($"-Header {CommandText.ToFillIn(headers)}");
        }

        return string.Join(' ', words);
    }

    private static string Ask(OAuthProvider provider, OAuthInput input) => InputParameters.Of(input) + input switch
    {
        OAuthInput.ClientId => " '<id>'",
        OAuthInput.ClientSecret => $" (Get-Credential -Message {CommandText.Quote($"Client id and secret of {provider.Name}")})",
        OAuthInput.UserCredential => $" (Get-Credential -Message {CommandText.Quote($"Your name and password at {provider.Name}")})",
        OAuthInput.RefreshToken => Hidden(provider, "Refresh token"),
        OAuthInput.SubjectToken => Hidden(provider, "Token"),
        OAuthInput.Assertion => Hidden(provider, "Assertion"),
        _ => " '<value>'",
    };

    private static string Hidden(OAuthProvider provider, string what) =>
        $" (Read-Host {CommandText.Quote($"{what} of {provider.Name}")} -AsSecureString)";
}
