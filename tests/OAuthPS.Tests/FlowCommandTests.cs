using OAuthPS.Advice;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Tests;

/// <summary>Command lines that a person may paste.</summary>
public class FlowCommandTests
{
    [Theory]
    [InlineData("\u001b[2J")]
    [InlineData("\u202e")]
    [InlineData("\0")]
    [InlineData("\u009b31m")]
    public void A_command_line_has_nothing_that_a_terminal_obeys_even_of_a_provider_that_no_file_made(string harmful)
    {
        var provider = new OAuthProvider
        {
            Name = $"a{harmful}b",
            ServiceUrlExample = $"https://{harmful}",
            TokenEndpoint = "/token",
            Flows = [OAuthFlow.ClientCredentials, OAuthFlow.Password],
            ApiHeaders = [new($"X{harmful}", $"y{harmful}")],
        };

        Assert.All(provider.Flows.Select(flow => FlowCommand.Of(provider, flow)), command => Assert.True(TerminalText.IsHarmless(command), command));
    }

    [Fact]
    public void A_command_has_the_headers_that_calls_of_its_flow_need()
    {
        var spacebring = BuiltInProviders.Get("Spacebring");

        Assert.DoesNotContain("-Header", FlowCommand.Of(spacebring, OAuthFlow.Basic), StringComparison.Ordinal);
        Assert.Contains(
            "-Header @{ 'spacebring-network-id' = '<the id of the network>' }", FlowCommand.Of(spacebring, OAuthFlow.AuthorizationCode), StringComparison.Ordinal);
    }
}
