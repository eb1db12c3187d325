using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OAuthPS.Advice;
using OAuthPS.Flows;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Vaults;

namespace OAuthPS.Parameters;

/// <summary>Completes a parameter from a list of names.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? "").Trim('\'', '"');
        return Names(fakeBoundParameters ?? new Hashtable())
            // What a terminal obeys, or shows as something else, is put into no line.
            .Where(candidate => candidate.Name.Length > 0
                && TerminalText.IsHarmless(candidate.Name)
                && candidate.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => new CompletionResult(
                Text(candidate.Name), candidate.Name, CompletionResultType.ParameterValue, TerminalText.Escape(candidate.Meaning)));
    }

    /// <summary>The name as it is written into the line: one literal.</summary>
    private protected virtual string Text(string name) => CommandText.Word(name);

    private protected abstract IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters);

    private protected static OAuthProvider? BoundProvider(IDictionary boundParameters)
    {
        try
        {
            return boundParameters["Provider"] is string name ? ProviderCatalog.User.Get(name) : null;
        }
        catch (OAuthException)
        {
            // No such provider, or a damaged file: the cmdlet will say so, a completer offers what it can.
            return null;
        }
    }
}

/// <summary>Completes provider names.</summary>
public sealed class ProviderNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters)
    {
        var registered = ProviderCatalog.User.RegisteredNames;
        return ProviderCatalog.User.Names.Select(name => (name, Meaning(name, registered)));
    }

    // Of a service the name alone: nobody who holds the Tab key waits for the files of all.
    private static string Meaning(string name, IReadOnlyList<string> registered) =>
        BuiltInProviders.Find(name) is { } provider ? $"{provider.DisplayName}: {string.Join(", ", provider.Flows)}"
        : registered.Contains(name) ? $"{name} (registered)"
        : $"{name} (a service; Get-OAuthProvider {name} says what it needs)";
}

/// <summary>Completes the names of registered providers.</summary>
public sealed class RegisteredProviderNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        ProviderCatalog.User.RegisteredNames.Select(name => (name, name));
}

/// <summary>Completes the names of this runspace's sessions.</summary>
public sealed class SessionNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        SessionStore.Current.All.Select(session => (session.Name, $"{session.Provider}, {session.Flow}"));
}

/// <summary>Completes flows: those of the provider, where one is given.</summary>
public sealed class FlowCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        BoundProvider(boundParameters) is { } provider
            ? provider.Flows.Select(flow => (flow.ToString(), FlowNeeds.Describe(provider, flow)))
            : FlowFacts.Names.Select(flow => (flow.Name, flow.Name));
}

/// <summary>Completes client authentications: those of the provider, where one is given.</summary>
public sealed class ClientAuthenticationCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        (BoundProvider(boundParameters)?.ClientAuthentications ?? Enum.GetValues<ClientAuthenticationMethod>())
            .Select(method => (method.ToString(), method.ToString()));
}

/// <summary>Completes the address of a provider: its own, or an example of one where every customer has another.</summary>
public sealed class ServiceUrlCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        BoundProvider(boundParameters) is not { } provider ? []
            : provider.ServiceUrl is { } url ? [(url.AbsoluteUri, $"the address of {provider.DisplayName}")]
            : Example(provider) is { } example ? [(example, "an example: put yours in its place")]
            : [];

    private static string? Example(OAuthProvider provider) => provider.ServiceUrlExample
        ?? (provider.ServiceUrlTemplate is null ? null
            : ProviderVariables.Fill(provider, ProviderVariables.Examples(provider)).ServiceUrl!.AbsoluteUri);
}

/// <summary>
/// Completes a part of an address: with the values there are, else with what the provider has where nothing is given, or an example.
/// </summary>
public sealed class VariableCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        new Of(parameterName).CompleteArgument(commandName, parameterName, wordToComplete, commandAst, fakeBoundParameters);

    private sealed class Of(string parameter) : NameCompleter
    {
        private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
            BoundProvider(boundParameters)?.Variables.FirstOrDefault(variable =>
                variable.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase)) is not { } variable ? []
            : variable.Values.Count > 0 ? variable.Values.Select(value => (value.Key, $"{variable.Meaning}: {value.Value}"))
            : [(variable.Example, $"an example: {variable.Meaning}")];
    }
}

/// <summary>Completes addresses of APIs: those that sessions of this runspace have, of the provider where one is given.</summary>
public sealed class ApiUrlCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        SessionStore.Current.All
            .Where(session => boundParameters["Provider"] is not string provider
                || provider.Equals(session.Provider, StringComparison.OrdinalIgnoreCase))
            .SelectMany(session => session.ApiUrls.Select(url => (url.AbsoluteUri, $"an API of the session {session.Name}")))
            .DistinctBy(candidate => candidate.AbsoluteUri);
}

/// <summary>Completes the headers that the API of the provider wants, as a hashtable to fill in.</summary>
public sealed class HeaderCompleter : NameCompleter
{
    private protected override string Text(string name) => name;

    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        BoundProvider(boundParameters)?.ApiHeaders is { Count: > 0 } headers
            ? [(CommandText.Headers(headers), "the headers that the API wants")]
            : [];
}

/// <summary>
/// Completes scopes: those that the provider's file names, else those that its metadata announce; offers none where there are none, or they
/// are not to be had soon.
/// </summary>
public sealed class ScopeCompleter : NameCompleter
{
    // A line that says how to reach the server is not gone around, and half of it is no way yet.
    private static readonly string[] _ways = ["Proxy", "ProxyCredential", "ProxyUseDefaultCredentials", "NoProxy", "CertificateAuthority"];

    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        BoundProvider(boundParameters) is not { } provider ? []
            : provider.Scopes.Count > 0 ? provider.Scopes.Select(scope => (scope.Name, scope.Meaning))
            : provider.Issuer is { } issuer && !_ways.Any(boundParameters.Contains)
            ? CompletionLookup.Ask(cancellationToken => ScopesAsync(boundParameters["ServiceUrl"]?.ToString() ?? issuer, cancellationToken))
                .Select(scope => (scope, scope))
            : [];

    private static async Task<IReadOnlyList<string>> ScopesAsync(string issuer, CancellationToken cancellationToken)
    {
        var metadata = await Discovery.Of(HttpTransport.Shared).GetAsync(
            issuer, cancellationToken: cancellationToken).ConfigureAwait(false);
        return metadata.ScopesSupported ?? [];
    }
}

/// <summary>Completes the names of vaults; offers none where SecretManagement is missing.</summary>
public sealed class VaultNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        CompletionLookup.Ask(cancellationToken => SecretManagementVault.VaultNamesAsync(cancellationToken)).Select(name => (name, name));
}

/// <summary>Completes the names of the sessions in the vault that is given.</summary>
public sealed class VaultedSessionNameCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        boundParameters["Vault"] is string vault
        ? CompletionLookup.Ask(new SecretManagementVault(vault).ListAsync).Select(name => (name, $"{name} in {vault}"))
        : [];
}
