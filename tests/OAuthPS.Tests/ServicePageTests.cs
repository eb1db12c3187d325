using System.Globalization;
using System.Text;
using OAuthPS.Advice;
using OAuthPS.Commands;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Parameters;

namespace OAuthPS.Tests;

/// <summary>docs/services.md lists the services as their files have them, in the words of the cmdlets.</summary>
public class ServicePageTests
{
    // Set to write the page anew: OAUTHPS_ACCEPT_SERVICES=1 dotnet test tests/OAuthPS.Tests --filter ServicePage
    private const string Accept = "OAUTHPS_ACCEPT_SERVICES";
    private const string Begin = "<!-- services: begin -->\n";

    private static readonly string _page = Path.Combine(Repository.Root, "docs", "services.md");

    public static TheoryData<string> Names => new(ServiceFiles.Names);

    [Fact]
    public void The_page_is_what_the_files_say()
    {
        var text = File.ReadAllText(_page).ReplaceLineEndings("\n");
        var now = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + Listing();
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(_page, now);
            text = now;
        }

        Assert.True(text == now, $"docs/services.md is not what the files of the services say. Run this test with {Accept}=1, and commit the page.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_variable_hides_a_parameter(string name) => Assert.All(
        ServiceFiles.Find(name)!.Variables,
        variable => Assert.False(VariableParameters.IsTaken(variable, typeof(ConnectOAuthProviderCommand)) || VariableParameters.IsTaken(variable, typeof(NewOAuthClientAssertionCommand)), variable.Name));

    [Theory]
    [InlineData("Scope")]
    [InlineData("provider")]
    [InlineData("Name")]
    [InlineData("Verbose")]
    [InlineData("WhatIf")]
    [InlineData("ClientKey")]
    public void The_name_of_a_parameter_is_taken(string name) =>
        Assert.True(VariableParameters.IsTaken(new ProviderVariable(name, "m"), typeof(ConnectOAuthProviderCommand)));

    [Theory]
    [InlineData("CrowdStrike", "Connect-OAuthProvider CrowdStrike -Cloud 'us-1' -ClientCredential")]
    [InlineData("ServiceNow", "Connect-OAuthProvider ServiceNow -Instance 'dev12345' -ClientCredential")]
    [InlineData("Keycloak", "Connect-OAuthProvider Keycloak -Realm 'myrealm' -ServiceUrl 'https://sso.example.com' -ClientCredential")]
    public void A_command_asks_for_the_word_and_for_an_address_only_where_it_must(string name, string command) =>
        Assert.StartsWith(command, FlowCommand.Of(ServiceFiles.Find(name)!, ServiceFiles.Find(name)!.Flows[0]), StringComparison.Ordinal);

    [Theory]
    [InlineData("Spacebring")]
    [InlineData("nobody")]
    [InlineData("GitHub")]
    [InlineData("")]
    [InlineData(null)]
    public void A_provider_without_variables_adds_no_parameter(string? name) => Assert.Null(VariableParameters.Of(name, typeof(ConnectOAuthProviderCommand)));

    [Fact]
    public void A_variable_is_a_parameter_and_not_a_needed_one() =>
        Assert.Equal(["Tenant", "Region"], VariableParameters.Of("auth0", typeof(ConnectOAuthProviderCommand))!.Keys);

    private static string Listing()
    {
        var page = new StringBuilder("\n| service | flows | what differs | documentation |\n|---|---|---|---|\n");
        foreach (var provider in ServiceFiles.Names.Select(name => ServiceFiles.Find(name)!))
        {
            page.Append(CultureInfo.InvariantCulture, $"| [{provider.Name}](#{provider.Name.ToLowerInvariant()}) | {string.Join(", ", provider.Flows)} | ")
                .Append(CultureInfo.InvariantCulture, $"{string.Join(", ", Differing(provider))} | <{provider.Documentation}> |\n");
        }

        foreach (var provider in ServiceFiles.Names.Select(name => ServiceFiles.Find(name)!))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {provider.Name}\n\n")
                .Append(CultureInfo.InvariantCulture, $"- {provider.DisplayName}: `{FlowCommand.Of(provider, provider.Flows[0])}`\n")
                .Append(CultureInfo.InvariantCulture, $"- Where the client id is: {provider.ClientRegistration}\n")
                .Append(CultureInfo.InvariantCulture, $"- Needs: {string.Join("; ", provider.Flows.Select(flow => FlowNeeds.Describe(provider, flow)))}"
                    + $"{string.Concat(provider.Variables.Select(variable => $"; `-{variable.Name}`, {variable.Meaning}"))}\n")
                .Append(CultureInfo.InvariantCulture, $"- To start with: {(provider.Scopes.Count == 0 ? "no scope" : string.Join(", ", provider.Scopes.Select(scope => $"`{scope.Name}`")))}")
                .Append(provider.FirstCall is null ? "\n" : $"; `Invoke-OAuthRestMethod {CommandText.Quote(provider.FirstCall)}` shows that it works\n")
                .Append(CultureInfo.InvariantCulture, $"- Source: <{provider.Documentation}>, read on {provider.DocumentationRead:yyyy-MM-dd}\n");
        }

        return page.ToString();
    }

    private static IEnumerable<string> Differing(OAuthProvider provider) => provider.Variables.Select(variable => $"`-{variable.Name}`")
        .Concat(provider is { ServiceUrl: null, ServiceUrlTemplate: null, Issuer: null } ? ["`-ServiceUrl`"] : []);
}
