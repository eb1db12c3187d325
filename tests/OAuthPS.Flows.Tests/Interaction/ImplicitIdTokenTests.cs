using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Tests.Identity;

namespace OAuthPS.Flows.Tests.Interaction;

/// <summary>The implicit flow with <c>openid</c> in the scope (OpenID Connect Core 1.0 section 3.2): an ID token beside the access token.</summary>
public class ImplicitIdTokenTests
{
    private const string Issuer = "https://login.example.com";

    [Fact]
    public async Task An_ID_token_and_a_nonce_are_asked_for_and_who_signed_in_is_known()
    {
        var run = await StartAsync("openid", "read");

        Assert.Equal(("id_token token", "openid read"), (run.Sent("response_type"), run.Sent("scope")));
        Assert.Equal(16, Base64UrlBytes(run.Sent("nonce")!));
        await PostAsync(run, Token(run));

        Assert.Equal("ada", (await run.EndAsync()).Subject);
    }

    [Theory]
    [InlineData("nonce", null, "answers another request (nonce)")]
    [InlineData("nonce", "another", "answers another request (nonce)")]
    [InlineData("at_hash", null, "does not say which access token it belongs to (at_hash)")]
    [InlineData("at_hash", "77QmUPtjPfzWtF2AnpK9RQ", "belongs to another access token (at_hash)")]
    [InlineData("aud", "another", "is meant for another client (aud)")]
    [InlineData("iss", "https://login.evil.example", "is of another issuer (iss)")]
    public async Task One_that_is_not_for_this_sign_in_is_refused_with_the_token_beside_it(string claim, string? value, string flaw)
    {
        var run = await StartAsync("openid");

        await PostAsync(run, Token(run, claim, value));

        var failure = await run.FailsAsync<OAuthProtocolException>();
        Assert.Equal($"The ID token {flaw}, so neither it nor the tokens beside it are used.", failure.WhatHappened);
    }

    [Fact]
    public async Task One_that_was_asked_for_and_is_missing_is_refused()
    {
        var run = await StartAsync("openid");

        await PostAsync(run, null);

        Assert.Equal("IdTokenInvalid", (await run.FailsAsync<OAuthProtocolException>()).ErrorId);
    }

    [Fact]
    public async Task Without_openid_none_is_asked_for()
    {
        var run = await StartAsync("read");

        Assert.Equal(("token", null), (run.Sent("response_type"), run.Sent("nonce")));
        await PostAsync(run, null);

        Assert.Null((await run.EndAsync()).Subject);
    }

    // Where nobody knows the issuer an ID token cannot be checked. A server may still want the nonce with openid.
    [Fact]
    public async Task Without_an_issuer_the_nonce_alone_is_sent()
    {
        var run = await SignInRun.StartAsync(SignInRun.SpaceImplicit with { Scope = ["openid"] });

        Assert.Equal("token", run.Sent("response_type"));
        Assert.Equal(16, Base64UrlBytes(run.Sent("nonce")!));
        await PostAsync(run, null);

        Assert.Null((await run.EndAsync()).Subject);
    }

    private static Task<SignInRun> StartAsync(params string[] scope)
    {
        var wire = new Wire().Otherwise(request => Wire.Json(request.Contains("/keys\n", StringComparison.Ordinal)
            ? new JsonObject { ["keys"] = new JsonArray(SigningKey.Rsa.Jwk("k1")) }.ToJsonString()
            : $$"""
                {"issuer":"{{Issuer}}","authorization_endpoint":"{{Issuer}}/authorize","token_endpoint":"{{Issuer}}/token","jwks_uri":"{{Issuer}}/keys",
                "response_types_supported":["id_token token"]}
                """));
        return SignInRun.StartAsync(
            new ConnectRequest
            {
                Provider = new() { Name = "Example", Issuer = Issuer },
                Flow = OAuthFlow.Implicit,
                Client = new OAuthClient("the-client"),
                Scope = scope,
            },
            wire: wire);
    }

    private static string Token(SignInRun run, string? changed = null, string? value = null)
    {
        var now = run.Wire.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = "ada",
            ["aud"] = "the-client",
            ["exp"] = now + 600,
            ["iat"] = now,
            ["nonce"] = run.Sent("nonce"),
            ["at_hash"] = Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes("implicit-token")).AsSpan(0, 16)),
        };
        if (changed is not null)
        {
            claims.Remove(changed);
            if (value is not null)
            {
                claims[changed] = value;
            }
        }

        return SigningKey.Rsa.Sign(claims, "RS256", new JsonObject { ["kid"] = "k1" });
    }

    private static Task<string> PostAsync(SignInRun run, string? idToken)
    {
        var body = $"access_token=implicit-token&token_type=Bearer&state={run.State}{(idToken is null ? "" : $"&id_token={idToken}")}";
        return RawBrowser.SendAsync(
            run.Port,
            $"POST / HTTP/1.1\nHost: 127.0.0.1:{run.Port}\nOrigin: http://127.0.0.1:{run.Port}\nSec-Fetch-Mode: cors\n"
                + $"Content-Type: application/x-www-form-urlencoded\nContent-Length: {body.Length}\n\n{body}");
    }

    private static int Base64UrlBytes(string text) => SentJwt.Decode(text).Length;
}
