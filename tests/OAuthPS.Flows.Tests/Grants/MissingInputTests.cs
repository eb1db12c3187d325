using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Grants;

/// <summary>What a user forgot or mixed up is said before anything is sent, with the input that mends it.</summary>
public class MissingInputTests
{
    public static TheoryData<string, ConnectRequest, string, string> Requests => new()
    {
        { "nothing at all", new() { Provider = P("SpatiaFi") }, "MissingParameter", "nothing to connect to SpatiaFi with" },
        { "no client", new() { Provider = P("Blynk"), ServiceUrl = U, Flow = OAuthFlow.ClientCredentials }, "MissingParameter", "ClientSecret" },
        { "no secret", new() { Provider = P("Blynk"), ServiceUrl = U, Flow = OAuthFlow.ClientCredentials, Client = new OAuthClient("id") }, "MissingParameter", "ClientSecret" },
        { "no secret for Basic", new() { Provider = P("Spacebring"), Flow = OAuthFlow.Basic, Client = new OAuthClient("id") }, "MissingParameter", "ClientSecret" },
        { "no user", new() { Provider = P("SpatiaFi"), Flow = OAuthFlow.Password, Client = Given.Client }, "MissingParameter", "UserCredential" },
        { "no user for Basic", new() { Provider = P("SpatiaFi"), Flow = OAuthFlow.Basic, Client = Given.Client }, "MissingParameter", "UserCredential" },
        { "no client for the password", new() { Provider = P("JetBrainsSpace"), ServiceUrl = U, Inputs = [Given.User] }, "MissingParameter", "ClientSecret" },
        { "no refresh token", new() { Provider = P("Blynk"), ServiceUrl = U, Flow = OAuthFlow.RefreshToken, Client = Given.Client }, "MissingParameter", "RefreshToken" },
        { "no address", new() { Provider = P("Blynk"), Client = Given.Client }, "ServiceUrlNeeded", "https://fra1.blynk.cloud" },
        { "a flow it lacks", Given.Blynk with { Flow = OAuthFlow.DeviceCode }, "FlowNotSupported", "ClientCredentials, RefreshToken" },
        { "a user where none signs in", Given.Blynk with { Inputs = [Given.User], Flow = null }, "ParameterNotUsed", "UserCredential" },
        { "a user for a flow without", Given.Space with { Inputs = [Given.User], Flow = OAuthFlow.ClientCredentials }, "ParameterNotUsed", "UserCredential" },
        { "a refresh token for another flow", Given.Blynk with { Inputs = [new GivenRefreshToken(new Secret("s3cr3t"))], Flow = OAuthFlow.ClientCredentials }, "ParameterNotUsed", "RefreshToken" },
        { "an empty refresh token", Given.Blynk with { Inputs = [new GivenRefreshToken(new Secret(""))] }, "InvalidCredential", "an environment variable or a vault entry" },
        { "an empty assertion", Given.Blynk with { Inputs = [new GivenAssertion(new Secret(""))] }, "InvalidCredential", "an environment variable or a vault entry" },
        { "an empty subject token", Given.Blynk with { Inputs = [new TokenExchange(new Secret(""))] }, "InvalidCredential", "an environment variable or a vault entry" },
        { "an empty actor token", Given.Blynk with { Inputs = [new TokenExchange(new Secret("x")) { ActorToken = new Secret("") }] }, "InvalidCredential", "an environment variable or a vault entry" },
        { "no scope where it is needed", Given.Space with { Inputs = [Given.User] }, "MissingParameter", "Scope" },
        { "an authentication it lacks", Given.Blynk with { ClientAuthentication = ClientAuthenticationMethod.PrivateKeyJwt }, "ClientAuthenticationNotSupported", "Basic, Query" },
        { "a client that a user's Basic does not use", new() { Provider = P("SpatiaFi"), Inputs = [Given.User], Client = Given.Client }, "ParameterNotUsed", "ClientSecret" },
        { "a person needed", Given.Space with { Flow = OAuthFlow.AuthorizationCode }, "SignInNeeded", "somebody can sign in" },
        { "a colon in the id", Given.Blynk with { Client = new OAuthClient("a:b", new Secret("s3cr3t")) }, "InvalidCredential", "ClientAuthentication" },
    };

    private static Uri U => new("https://service.example");

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task It_is_said_before_anything_is_sent(string what, ConnectRequest request, string errorId, string says)
    {
        var wire = new Wire();

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => wire.ConnectAsync(request));

        Assert.Equal((what, errorId), (what, error.ErrorId));
        Assert.Contains(says, $"{error.Message} {string.Join(" or ", error.Inputs)}", StringComparison.Ordinal);
        Assert.Empty(wire.Requests);
        NoSecret.In(error, Given.ClientSecret, Given.Password, "s3cr3t");
    }

    [Theory]
    [InlineData("SpatiaFi", "Basic")]
    [InlineData("JetBrainsSpace", "Password")]
    public async Task What_was_given_says_which_flow_is_meant(string provider, string flow)
    {
        var wire = new Wire().Answers(Given.Token("t"));

        var client = provider == "SpatiaFi" ? null : Given.Client;
        var session = await wire.ConnectAsync(new() { Provider = P(provider), ServiceUrl = U, Inputs = [Given.User], Client = client, Scope = [client is null ? "ignored" : "**"] });

        Assert.Equal(flow, session.Flow.Name);
    }

    [Fact]
    public async Task The_password_flow_and_a_missing_network_id_are_warned_about()
    {
        var wire = new Wire().Answers(Given.Token("t"), Given.Token("t"));

        await wire.ConnectAsync(Given.Space with { Inputs = [Given.User], Scope = ["**"] });
        await wire.ConnectAsync(Given.SpacebringBasic with { Headers = new Dictionary<string, string>(), Inputs = [new GivenRefreshToken(new Secret("r"))] });

        Assert.Collection(
            wire.Log.WarningNotices,
            warning => Assert.Contains("RFC 9700", warning.Message, StringComparison.Ordinal),
            warning => Assert.Equal((OAuthNoticeId.HeaderNeeded, "spacebring-network-id"), (warning.Id, warning.Header)));
    }

    [Fact]
    public async Task Whoever_gives_nothing_is_told_what_each_flow_needs()
    {
        var blynk = await Assert.ThrowsAsync<OAuthUsageException>(() => new Wire().ConnectAsync(new() { Provider = P("Blynk"), ServiceUrl = U }));
        var spatiaFi = await Assert.ThrowsAsync<OAuthUsageException>(() => new Wire().ConnectAsync(new() { Provider = P("SpatiaFi"), VendorCredential = VendorCredentialUse.Never }));

        Assert.Equal(("Blynk", 0), (blynk.Provider, blynk.Inputs.Count));
        Assert.Equal(
            ["ClientCredentials: ClientSecret", "RefreshToken: RefreshToken, ClientSecret"],
            blynk.Flows.Select(flow => $"{flow.Name}: {string.Join(", ", flow.Needs.Select(need => string.Join("|", need)))}"));
        Assert.Equal([OAuthInput.VendorCredential], spatiaFi.Inputs);
    }

    [Fact]
    public async Task A_missing_address_comes_with_an_example()
    {
        var missing = await Assert.ThrowsAsync<OAuthUsageException>(() => new Wire().ConnectAsync(new() { Provider = P("Blynk"), Client = Given.Client }));

        Assert.Equal(("Blynk", OAuthInput.ServiceUrl, "https://fra1.blynk.cloud"), (missing.Provider, Assert.Single(missing.Inputs), missing.Example));
    }

    [Fact]
    public async Task Basic_on_every_call_needs_no_network_id_and_is_not_warned_about()
    {
        var wire = new Wire();

        await wire.ConnectAsync(Given.SpacebringBasic with { Headers = new Dictionary<string, string>() });

        Assert.Empty(wire.Log.Warnings);
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
