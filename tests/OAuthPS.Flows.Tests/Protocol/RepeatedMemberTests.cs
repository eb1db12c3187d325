using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>
/// A member that comes twice means one thing to this reader and another to the next. Where it decides what is used, or where something
/// goes, the response is refused; where it is only told, or not read, it is not.
/// </summary>
public sealed class RepeatedMemberTests : IDisposable
{
    private const string Issuer = "https://login.example.com";

    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Theory]
    [InlineData("access_token", """{"access_token":"leaked-token","access_token":"other-token","expires_in":60}""")]
    [InlineData("access_token", """{"access_token":"leaked-token","access_token":"leaked-token"}""")]
    [InlineData("access_token", """{"access_token":null,"\u0061ccess_token":"leaked-token"}""")]
    [InlineData("refresh_token", """{"access_token":"leaked-token","refresh_token":"a","refresh_token":"b"}""")]
    [InlineData("id_token", """{"access_token":"leaked-token","id_token":"a","id_token":"b"}""")]
    [InlineData("token_type", """{"access_token":"leaked-token","token_type":"Bearer","token_type":"DPoP"}""")]
    [InlineData("expires_in", """{"access_token":"leaked-token","expires_in":1,"expires_in":9999}""")]
    [InlineData("expires_at", """{"access_token":"leaked-token","expires_at":null,"expires_at":null}""")]
    [InlineData("scope", """{"access_token":"leaked-token","scope":"a","scope":"b"}""")]
    [InlineData("authorization_details", """{"access_token":"leaked-token","authorization_details":[],"authorization_details":[]}""")]
    public async Task Of_a_token_answer_it_is_refused(string member, string body)
    {
        _wire.Answers(Wire.Json(body));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => _wire.ConnectAsync(Given.Space));

        Assert.Equal("ResponseIncomplete", error.ErrorId);
        Assert.Equal($"In the response of the token request from https://mycompany.jetbrains.space/oauth/token '{member}' comes twice.", error.WhatHappened);
        NoSecret.In(error, "leaked-token", "other-token");
    }

    // RFC 6749 section 5.1: what is not known is ignored.
    [Fact]
    public async Task One_that_nobody_reads_costs_nothing()
    {
        _wire.Answers(Wire.Json("""{"access_token":"the-token","server":"a","server":"b"}"""));

        Assert.Equal("the-token", (await (await _wire.ConnectAsync(Given.Space)).GetTokenAsync()).TokenOf());
    }

    // The words of a refusal are for a person; without them only the status would be left.
    [Fact]
    public async Task Of_an_error_answer_the_last_is_told()
    {
        _wire.Answers(Wire.Json("""{"error":"invalid_client","error_description":"first","error_description":"second"}""", "400 Bad Request"));

        var error = await Assert.ThrowsAsync<OAuthServerException>(() => _wire.ConnectAsync(Given.Space));

        Assert.Equal(("invalid_client", "second"), (error.Error, error.ErrorDescription));
    }

    [Theory]
    [InlineData("issuer", $$"""{"issuer":"https://evil.example","issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token"}""")]
    [InlineData("token_endpoint", $$"""{"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token","token_endpoint":"https://evil.example/token"}""")]
    [InlineData("jwks_uri", $$"""{"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token","jwks_uri":"{{Issuer}}/a","jwks_uri":"{{Issuer}}/b"}""")]
    public async Task Of_metadata_it_is_refused(string member, string body)
    {
        _wire.Answers(Wire.Json(body));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => Server.Discovery.Of(_wire.Transport).GetAsync(Issuer));

        Assert.Equal("ResponseIncomplete", error.ErrorId);
        Assert.Contains($"'{member}' comes twice", error.WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_object_in_metadata_it_is_refused_too()
    {
        _wire.Answers(Wire.Json($$"""
            {"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token","mtls_endpoint_aliases":{"token_endpoint":"{{Issuer}}/a","token_endpoint":"{{Issuer}}/b"} }
            """));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => Server.Discovery.Of(_wire.Transport).GetAsync(Issuer));

        Assert.Contains("'mtls_endpoint_aliases' has a member twice", error.WhatHappened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_metadata_one_that_nobody_reads_costs_nothing()
    {
        _wire.Answers(Wire.Json($$"""{"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token","service_documentation":"a","service_documentation":"b"}"""));

        Assert.Equal(Issuer, (await Server.Discovery.Of(_wire.Transport).GetAsync(Issuer)).Issuer);
    }

    [Fact]
    public async Task Of_a_key_set_it_is_refused()
    {
        _wire.Answers(Wire.Json("""{"keys":[],"keys":[]}"""));

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(
            () => Server.KeySet.At(_wire.Transport, new Uri($"{Issuer}/keys")).FindAsync(null, "RS256", _wire.Log, CancellationToken.None));

        Assert.Equal("In the response of the key set request from https://login.example.com/keys 'keys' comes twice.", error.WhatHappened);
    }

    // A person is sent there.
    [Fact]
    public async Task Of_a_device_authorization_answer_it_is_refused()
    {
        _wire.Answers(Wire.Json("""
            {"device_code":"the-device-code","user_code":"A","verification_uri":"https://h.example/a","verification_uri":"https://evil.example/","expires_in":600}
            """));
        var request = Given.Space with { Provider = Given.Space.Provider with { DeviceAuthorizationEndpoint = "/device", Flows = [OAuthFlow.DeviceCode] }, Flow = OAuthFlow.DeviceCode };

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => OAuthConnection.ConnectAsync(request, new RecordingPrompt(), _wire.Transport, _wire.Log).WaitAsync(RawBrowser.Patience));

        Assert.Contains("'verification_uri' comes twice", error.WhatHappened, StringComparison.Ordinal);
        NoSecret.In(error, "the-device-code");
    }

    [Fact]
    public async Task Of_a_pushed_request_s_answer_it_is_refused()
    {
        _wire.Answers(Wire.Json("""{"request_uri":"urn:a","request_uri":"urn:b","expires_in":60}""", "201 Created"));
        var request = SignInRun.Space with { Provider = Given.Space.Provider with { PushedAuthorizationRequestEndpoint = "/par" } };

        var error = await Assert.ThrowsAsync<OAuthProtocolException>(() => OAuthConnection.ConnectAsync(request, new RecordingPrompt(), _wire.Transport, _wire.Log).WaitAsync(RawBrowser.Patience));

        Assert.Contains("'request_uri' comes twice", error.WhatHappened, StringComparison.Ordinal);
    }
}
