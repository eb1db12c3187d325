using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>What a sign-in asks for, signed by the client (RFC 9101) and taken to the server itself (RFC 9126), on the wire.</summary>
public sealed class SignedAndPushedRequestTests : IDisposable
{
    private const string Pushed = """{"request_uri":"urn:example:1","expires_in":60}""";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Wire _wire = new();

    private OAuthProvider Provider { get; } = Given.Space.Provider with
    {
        PushedAuthorizationRequestEndpoint = "/oauth/par",
        RequiresSignedRequestObject = true,
        ClientAuthentications = [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.Basic],
    };

    private ConnectRequest Request => Given.Space with { Provider = Provider, Flow = OAuthFlow.AuthorizationCode, Client = new OAuthClient("me", key: new ClientKey(_key)), SignIn = new() { NoBrowser = true } };

    public void Dispose()
    {
        _wire.Dispose();
        _key.Dispose();
    }

    // The time is in the request object as well, and that too must not be sent twice (RFC 9101 section 10.2, jti).
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pushed_request_that_is_refused_for_the_time_is_signed_again_by_the_servers_clock(bool withKey)
    {
        var serverTime = _wire.Clock.GetUtcNow().AddMinutes(10);
        _wire.Answers(
            $"HTTP/1.1 400 Bad Request\nContent-Type: application/json\nDate: {serverTime.ToString("R", CultureInfo.InvariantCulture)}\n\n{{\"error\":\"invalid_request_object\"}}",
            Wire.Json(Pushed, "201 Created"),
            Given.Token("t"));

        await OAuthConnection.ConnectAsync(withKey ? Request : Request with { Client = Given.Client }, new RecordingPrompt(_ => "the-code"), _wire.Transport, _wire.Log);

        var (first, second) = (RequestObjectOf(0), RequestObjectOf(1));
        Assert.Equal((_wire.Clock.GetUtcNow(), serverTime), (first.IssuedAt, second.IssuedAt));
        Assert.NotEqual(first.Claim("jti"), second.Claim("jti"));
        Assert.Equal(first.Claim("state"), second.Claim("state"));
    }

    // RFC 9101 section 5.2 wants it below 512 characters; a browser takes a few thousand, .NET 8 no URL above 65,519.
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("long")]
    public async Task A_reference_that_no_browser_could_carry_is_refused(string reference)
    {
        var pushed = $$"""{"request_uri":"{{(reference == "long" ? new string('x', 100_000) : reference)}}","expires_in":60}""";
        _wire.Answers(Wire.Json(pushed, "201 Created"));

        var refused = await Assert.ThrowsAsync<OAuthProtocolException>(() => OAuthConnection.ConnectAsync(Request, new RecordingPrompt(_ => "the-code"), _wire.Transport, _wire.Log));

        Assert.Equal("ResponseIncomplete", refused.ErrorId);
        Assert.Contains("'request_uri'", refused.Message, StringComparison.Ordinal);
    }

    // Signed is not hidden: whoever sees it reads what is in it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_secret_that_was_signed_is_shown_no_more_than_one_that_was_not(bool isSigned)
    {
        var request = Request with
        {
            Provider = Provider with { RequiresSignedRequestObject = isSigned },
            AdditionalParameters = new Dictionary<string, string> { ["api_key"] = "k3y-of-mine" },
        };
        _wire.Answers(Wire.Json("""{"error":"invalid_request","error_description":"api_key k3y-of-mine is unknown"}""", "400 Bad Request"));

        var preview = string.Join('\n', (await ConnectPreview.DescribeAsync(request, _wire.Transport)).Requests);
        var refused = await Assert.ThrowsAsync<OAuthServerException>(() => OAuthConnection.ConnectAsync(request, new RecordingPrompt(_ => "the-code"), _wire.Transport, _wire.Log));

        Assert.Equal("api_key *** is unknown", refused.ErrorDescription);
        var shown = $"{preview}\n{refused}\n{_wire.Log.Text}";
        NoSecret.In(shown, "k3y-of-mine");
        Assert.DoesNotContain(shown.Split(' ', '&', '=', '.', '\n'), word => word.Length > 20 && Decoded(word).Contains("k3y-of-mine", StringComparison.Ordinal));
    }

    // RFC 9101 section 4: neither request nor request_uri; RFC 7519 section 4: no claim twice.
    [Theory]
    [InlineData("request")]
    [InlineData("request_uri")]
    [InlineData("aud")]
    [InlineData("iss")]
    [InlineData("exp")]
    [InlineData("jti")]
    public async Task What_the_signed_request_has_of_its_own_cannot_be_added(string name)
    {
        var request = Request with { AdditionalParameters = new Dictionary<string, string> { [name] = "x" } };

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => OAuthConnection.ConnectAsync(request, new RecordingPrompt(_ => "the-code"), _wire.Transport, _wire.Log));

        Assert.Equal("AdditionalParameterTaken", refused.ErrorId);
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task A_key_that_cannot_sign_requests_there_is_told_what_can()
    {
        var request = Request with { Provider = Provider with { RequestObjectSigningAlgorithms = ["PS256"], TokenEndpointAuthSigningAlgorithms = ["ES256"] } };

        var refused = await Assert.ThrowsAsync<OAuthUsageException>(() => OAuthConnection.ConnectAsync(request, new RecordingPrompt(_ => "the-code"), _wire.Transport, _wire.Log));

        Assert.Equal("JetBrains Space takes requests signed with PS256, and the key signs with ES256.", refused.WhatHappened);
    }

    [Theory]
    [InlineData("/callback")]
    [InlineData("http://127.0.0.1/#x")]
    public async Task A_redirect_URI_that_will_not_do_is_said_before_anything_is_sent(string redirectUri)
    {
        var request = Request with { SignIn = new() { RedirectUri = redirectUri } };

        Assert.Equal("InvalidRedirectUri", (await Assert.ThrowsAsync<OAuthUsageException>(() => ConnectPreview.DescribeAsync(request, _wire.Transport))).ErrorId);
    }

    private SentJwt RequestObjectOf(int request) =>
        new(HttpUtility.ParseQueryString(_wire.Requests[request][(_wire.Requests[request].IndexOf("\n\n", StringComparison.Ordinal) + 2)..])["request"]!);

    private static string Decoded(string word)
    {
        try
        {
            return Encoding.UTF8.GetString(SentJwt.Decode(word));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
