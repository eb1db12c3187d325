using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Tests.Grants;

/// <summary>What a user forgot or mixed up is said before anything is sent, with the parameter that mends it.</summary>
public class MissingInputTests
{
    public static TheoryData<string, ConnectRequest, string, string> Requests => new()
    {
        { "nothing at all", new() { Provider = P("SpatiaFi") }, "MissingParameter", "ClientCredentials (-ClientCredential); Basic (-Credential); Password (-Credential)" },
        { "no client", new() { Provider = P("Blynk"), ServiceUrl = U, Flow = OAuthFlow.ClientCredentials }, "MissingParameter", "-ClientCredential" },
        { "no secret", new() { Provider = P("Blynk"), ServiceUrl = U, Flow = OAuthFlow.ClientCredentials, Client = new OAuthClient("id") }, "MissingParameter", "-ClientCredential" },
        { "no secret for Basic", new() { Provider = P("Spacebring"), Flow = OAuthFlow.Basic, Client = new OAuthClient("id") }, "MissingParameter", "-ClientCredential" },
        { "no user", new() { Provider = P("SpatiaFi"), Flow = OAuthFlow.Password, Client = Given.Client }, "MissingParameter", "-Credential" },
        { "no user for Basic", new() { Provider = P("SpatiaFi"), Flow = OAuthFlow.Basic, Client = Given.Client }, "MissingParameter", "-Credential" },
        { "no client for the password", new() { Provider = P("JetBrainsSpace"), ServiceUrl = U, User = Given.User }, "MissingParameter", "-ClientCredential" },
        { "no refresh token", new() { Provider = P("Blynk"), ServiceUrl = U, Flow = OAuthFlow.RefreshToken, Client = Given.Client }, "MissingParameter", "-RefreshToken" },
        { "no address", new() { Provider = P("Blynk"), Client = Given.Client }, "ServiceUrlNeeded", "https://fra1.blynk.cloud" },
        { "a flow it lacks", Given.Blynk with { Flow = OAuthFlow.DeviceCode }, "FlowNotSupported", "ClientCredentials, RefreshToken" },
        { "a user where none signs in", Given.Blynk with { User = Given.User, Flow = null }, "ParameterNotUsed", "ClientCredentials (-ClientCredential)" },
        { "a user for a flow without", Given.Space with { User = Given.User, Flow = OAuthFlow.ClientCredentials }, "ParameterNotUsed", "-Credential" },
        { "a refresh token for another flow", Given.Blynk with { RefreshToken = new Secret("s3cr3t"), Flow = OAuthFlow.ClientCredentials }, "ParameterNotUsed", "-RefreshToken" },
        { "an empty refresh token", Given.Blynk with { RefreshToken = new Secret("") }, "InvalidCredential", "an environment variable or a vault entry" },
        { "an empty assertion", Given.Blynk with { Assertion = new Secret("") }, "InvalidCredential", "an environment variable or a vault entry" },
        { "an empty subject token", Given.Blynk with { TokenExchange = new(new Secret("")) }, "InvalidCredential", "an environment variable or a vault entry" },
        { "an empty actor token", Given.Blynk with { TokenExchange = new(new Secret("x")) { ActorToken = new Secret("") } }, "InvalidCredential", "an environment variable or a vault entry" },
        { "no scope where it is needed", Given.Space with { User = Given.User }, "MissingParameter", "-Scope" },
        { "an authentication it lacks", Given.Blynk with { ClientAuthentication = ClientAuthenticationMethod.PrivateKeyJwt }, "ClientAuthenticationNotSupported", "Basic, Query" },
        { "a client that a user's Basic does not use", new() { Provider = P("SpatiaFi"), User = Given.User, Client = Given.Client }, "ParameterNotUsed", "-ClientCredential" },
        { "a person needed", Given.Space with { Flow = OAuthFlow.AuthorizationCode }, "SignInNeeded", "somebody can sign in" },
        { "a colon in the id", Given.Blynk with { Client = new OAuthClient("a:b", new Secret("s3cr3t")) }, "InvalidCredential", "-ClientAuthentication" },
    };

    private static Uri U => new("https://service.example");

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task It_is_said_before_anything_is_sent(string what, ConnectRequest request, string errorId, string says)
    {
        var wire = new Wire();

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => wire.ConnectAsync(request));

        Assert.Equal((what, errorId), (what, error.ErrorId));
        Assert.Contains(says, error.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(wire.Requests);
        NoSecret.In(error, Given.ClientSecret, Given.Password, "s3cr3t");
    }

    [Theory]
    [InlineData("SpatiaFi", OAuthFlow.Basic)]
    [InlineData("JetBrainsSpace", OAuthFlow.Password)]
    public async Task What_was_given_says_which_flow_is_meant(string provider, OAuthFlow flow)
    {
        var wire = new Wire().Answers(Given.Token("t"));

        var client = provider == "SpatiaFi" ? null : Given.Client;
        var session = await wire.ConnectAsync(new() { Provider = P(provider), ServiceUrl = U, User = Given.User, Client = client, Scope = [client is null ? "ignored" : "**"] });

        Assert.Equal(flow, session.Flow);
    }

    [Fact]
    public async Task The_password_flow_and_a_missing_network_id_are_warned_about()
    {
        var wire = new Wire().Answers(Given.Token("t"), Given.Token("t"));

        await wire.ConnectAsync(Given.Space with { User = Given.User, Scope = ["**"] });
        await wire.ConnectAsync(Given.SpacebringBasic with { Headers = new Dictionary<string, string>(), RefreshToken = new Secret("r") });

        Assert.Collection(
            wire.Log.Warnings,
            warning => Assert.Contains("RFC 9700", warning, StringComparison.Ordinal),
            warning => Assert.Contains("spacebring-network-id", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Basic_on_every_call_needs_no_network_id_and_is_not_warned_about()
    {
        var wire = new Wire();

        await wire.ConnectAsync(Given.SpacebringBasic with { Headers = new Dictionary<string, string>() });

        Assert.Empty(wire.Log.Warnings);
        Assert.DoesNotContain("-Header", FlowCommand.Of(P("Spacebring"), OAuthFlow.Basic), StringComparison.Ordinal);
        Assert.Contains(
            "-Header @{ 'spacebring-network-id' = '<the id of the network>' }", FlowCommand.Of(P("Spacebring"), OAuthFlow.AuthorizationCode), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_is_needed_whatever_the_token_is_warned_about_with_Basic_too()
    {
        var wire = new Wire();
        var provider = P("Spacebring") with { ApiHeaders = [new ApiHeader("x-tenant", "your tenant")] };

        await wire.ConnectAsync(Given.SpacebringBasic with { Provider = provider, Headers = new Dictionary<string, string>() });

        Assert.Contains("x-tenant (your tenant)", Assert.Single(wire.Log.Warnings), StringComparison.Ordinal);
    }

    private static OAuthProvider P(string name) => BuiltInProviders.Get(name);
}
