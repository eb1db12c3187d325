using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>A refusal that is about the client is told as one, with what may be the cause.</summary>
public class RefusedClientTests
{
    private const string OtherPlaces = "Some servers take id and secret in the body alone, or in the header without form-encoding.";

    private static readonly OAuthProvider _provider = new()
    {
        Name = "Rfc",
        ServiceUrl = new Uri("https://login.example.com"),
        TokenEndpoint = "/token",
        RevocationEndpoint = "/revoke",
        IntrospectionEndpoint = "/introspect",
        Flows = [OAuthFlow.ClientCredentials, OAuthFlow.Password],
        ClientAuthentications = [ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post, ClientAuthenticationMethod.SecretJwt],
    };

    [Theory]
    [InlineData("401 Unauthorized", "", "InvalidClient", OAuthErrorKind.Authentication)]
    [InlineData("403 Forbidden", "", "UnauthorizedClient", OAuthErrorKind.Permission)]
    [InlineData("401 Unauthorized", """{"message":"Who are you?"}""", "Unauthorized", OAuthErrorKind.Authentication)]
    [InlineData("401 Unauthorized", """{"error":"of_its_own"}""", "Unauthorized", OAuthErrorKind.Authentication)]
    [InlineData("403 Forbidden", """{"detail":"Not from there"}""", "Forbidden", OAuthErrorKind.Permission)]
    [InlineData("403 Forbidden", """{"error":"of_its_own"}""", "Forbidden", OAuthErrorKind.Permission)]
    public async Task A_bare_401_or_403_is_about_the_client_and_not_about_scope(string status, string body, string errorId, OAuthErrorKind kind)
    {
        var wire = new Wire().Answers(Wire.Json(body, status), Given.Token("t0ken"), Wire.Json(body, status), Wire.Json(body, status));

        var errors = new List<OAuthServerException> { await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Request("s3cret"))) };
        var session = await wire.ConnectAsync(Request("s3cret"));
        errors.Add(await Assert.ThrowsAsync<OAuthServerException>(() => session.TestTokenAsync(log: wire.Log)));
        errors.Add(await Assert.ThrowsAsync<OAuthServerException>(() => session.RevokeAsync(wire.Log)));

        Assert.All(errors, error => Assert.Equal((errorId, kind), (error.ErrorId, error.Kind)));
        Assert.All(errors, error => Assert.DoesNotContain("scope", error.RecommendedAction, StringComparison.Ordinal));
    }

    // Pushed requests (RFC 9126 section 2.3) and device authorizations (RFC 8628 section 3.1): the client proves itself before anybody signs in.
    [Theory]
    [InlineData("AuthorizationCode", "/par", "401 Unauthorized", "InvalidClient", OAuthErrorKind.Authentication)]
    [InlineData("AuthorizationCode", "/par", "403 Forbidden", "UnauthorizedClient", OAuthErrorKind.Permission)]
    [InlineData("DeviceCode", "/device", "401 Unauthorized", "InvalidClient", OAuthErrorKind.Authentication)]
    [InlineData("DeviceCode", "/device", "403 Forbidden", "UnauthorizedClient", OAuthErrorKind.Permission)]
    public async Task Before_a_sign_in_one_without_a_word_is_about_the_client_and_nobody_is_asked(string flow, string path, string status, string errorId, OAuthErrorKind kind)
    {
        var wire = new Wire().Answers($"HTTP/1.1 {status}");
        var prompt = new RecordingPrompt();
        var provider = _provider with
        {
            AuthorizationEndpoint = "/authorize",
            PushedAuthorizationRequestEndpoint = "/par",
            DeviceAuthorizationEndpoint = "/device",
            Flows = [new OAuthFlow(flow)],
        };
        var request = Request("s3cret") with { Provider = provider, Flow = new OAuthFlow(flow), SignIn = new() { NoBrowser = true, RedirectUri = "https://app.example/callback" } };

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(request, prompt, wire.Transport, wire.Log));

        Assert.Equal((errorId, kind, ""), (error.ErrorId, error.Kind, prompt.Shown));
        Assert.StartsWith($"POST https://login.example.com{path}\nAuthorization: Basic ", Assert.Single(wire.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain("scope", error.RecommendedAction, StringComparison.Ordinal);
        NoSecret.In(error, "s3cret");
    }

    [Fact]
    public async Task With_a_users_password_it_may_be_the_user()
    {
        var wire = new Wire().Answers("HTTP/1.1 401 Unauthorized");

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Request("s3cret") with { Inputs = [Given.User], Flow = OAuthFlow.Password }));

        Assert.Equal("Unauthorized", error.ErrorId);
    }

    [Theory]
    [InlineData(ClientAuthenticationMethod.Basic, "cli", "s3cret\n", "The client secret ends in a line break.", OAuthInput.ClientSecret)]
    [InlineData(ClientAuthenticationMethod.Post, "cli", "s3cret\r\n", "The client secret ends in a line break.", OAuthInput.ClientSecret)]
    [InlineData(ClientAuthenticationMethod.SecretJwt, "cli", "s3cret\n", "The client secret ends in a line break.", OAuthInput.ClientSecret)]
    [InlineData(ClientAuthenticationMethod.Basic, "cli\r", "s3cret", "The client id ends in a line break.", OAuthInput.ClientId)]
    [InlineData(ClientAuthenticationMethod.Post, "cli\n", "s3cret", "The client id ends in a line break.", OAuthInput.ClientId)]
    public async Task An_id_or_secret_that_ends_in_a_line_break_is_told_and_not_shown(ClientAuthenticationMethod method, string id, string secret, string says, OAuthInput input)
    {
        foreach (var response in new[] { Wire.Json("""{"error":"invalid_client"}""", "401 Unauthorized"), Wire.Json("""{"error":"of_its_own","error_description":"no"}""", "400 No") })
        {
            var wire = new Wire().Answers(response);

            var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Request(secret, id) with { ClientAuthentication = method }));

            Assert.EndsWith($" {says}", error.WhatHappened, StringComparison.Ordinal);
            Assert.Equal("Give it without the line break.", error.RecommendedAction);
            Assert.Equal([input], error.Inputs);
            NoSecret.In(error, "s3cret");
        }
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant"}""", "400 No")]
    [InlineData("""{"error":"slow"}""", "429 Wait")]
    public async Task A_line_break_is_not_told_of_where_it_is_not_the_cause(string body, string status)
    {
        var wire = new Wire().Answers(Wire.Json(body, status));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Request("s3cret\n")));

        Assert.DoesNotContain("line break", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain-s3cret", """{"error":"invalid_client"}""", true)]
    [InlineData("plain-s3cret", """{"error":"invalid_client","error_description":"Client id is missing"}""", true)]
    [InlineData("plain-s3cret", """{"error":"invalid_client","error_description":"The secret is wrong."}""", false)]
    [InlineData("s/e+c=r[t", """{"error":"invalid_client","error_description":"The secret is wrong."}""", true)]
    [InlineData("plain-s3cret", """{"error":"invalid_request","error_description":"client_id must be given"}""", true)]
    [InlineData("plain-s3cret", """{"error":"invalid_request","error_description":"Unknown parameter"}""", false)]
    [InlineData("s/e+c=r[t", """{"error":"invalid_grant"}""", false)]
    [InlineData("plain-s3cret", """{"message":"No client_id was given"}""", true, "401 Unauthorized")]
    [InlineData("plain-s3cret", """{"message":"No user was given"}""", false, "401 Unauthorized")]
    public async Task A_server_that_may_not_have_read_the_header_is_hinted_at(string secret, string body, bool isHinted, string status = "400 Bad Request")
    {
        var wire = new Wire().Otherwise(_ => Wire.Json(body, status));

        var basic = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Request(secret)));
        var post = await Assert.ThrowsAsync<OAuthServerException>(() => wire.ConnectAsync(Request(secret) with { ClientAuthentication = ClientAuthenticationMethod.Post }));

        Assert.Equal(isHinted, basic.RecommendedAction.EndsWith(OtherPlaces, StringComparison.Ordinal));
        Assert.Equal(isHinted, basic.Inputs.Contains(OAuthInput.ClientAuthentication));
        Assert.DoesNotContain(OtherPlaces, post.Message, StringComparison.Ordinal);
    }

    private static ConnectRequest Request(string secret, string id = "cli") => new() { Provider = _provider, Client = new OAuthClient(id, new Secret(secret)) };
}
