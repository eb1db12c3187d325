using System.Text.Json.Nodes;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Tests.Identity;

/// <summary>A server with keys, a client that expects something, and a token between them.</summary>
public abstract class IdTokenTest
{
    internal const string Issuer = "https://login.example.com";
    internal const string ClientId = "the-client";
    internal const string Nonce = "the-nonce";

    // OpenID Connect Core 1.0 appendix A.3.
    internal const string AccessToken = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    internal const string AccessTokenHash = "77QmUPtjPfzWtF2AnpK9RQ";

    private protected Wire Wire { get; } = new();

    private protected long Now => Wire.Clock.GetUtcNow().ToUnixTimeSeconds();

    private protected JsonObject Claims => new()
    {
        ["iss"] = Issuer,
        ["sub"] = "ada",
        ["aud"] = ClientId,
        ["exp"] = Now + 3600,
        ["iat"] = Now,
        ["nonce"] = Nonce,
        ["at_hash"] = AccessTokenHash,
    };

    private protected static string Keys(params JsonObject[] keys) => Wire.Json(new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString());

    private protected static JsonObject Header(string? keyId) => keyId is null ? [] : new() { ["kid"] = keyId };

    private protected Task<string> CheckAsync(string token, params string[] algorithms) => IdToken.CheckAsync(
        new Secret(token),
        new IdTokenExpectation(Issuer, ClientId, algorithms.Length == 0 ? ["RS256"] : algorithms, Nonce, new Secret(AccessToken)),
        KeySet.At(Wire.Transport, new Uri($"{Issuer}/keys")),
        Wire.Clock,
        Wire.Log,
        CancellationToken.None);

    private protected async Task RefusesAsync(string token, string flaw, params string[] algorithms)
    {
        var failure = await Assert.ThrowsAsync<OAuthProtocolException>(() => CheckAsync(token, algorithms));

        Assert.Equal("IdTokenInvalid", failure.ErrorId);
        Assert.Equal($"The ID token {flaw}, so neither it nor the tokens beside it are used.", failure.WhatHappened);
        NoSecret.In(failure, token, AccessToken);
        NoSecret.In(Wire.Log, token);
    }
}
