using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests;

/// <summary>What a user typed, for the tests in which it does not matter what exactly.</summary>
internal static class Given
{
    internal const string ClientId = "client id";
    internal const string ClientSecret = "client secret";
    internal const string Password = "Pa55 wörd&+%";

    /// <summary>When every fake clock starts.</summary>
    internal static DateTimeOffset Start { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    internal static OAuthClient Client { get; } = new(ClientId, new Secret(ClientSecret));

    internal static UserCredential User { get; } = new("ada@example.com", new Secret(Password));

    /// <summary>Client credentials at Blynk: Basic, the parameters in the query, a one-time refresh token.</summary>
    internal static ConnectRequest Blynk { get; } = new()
    {
        Provider = BuiltInProviders.Get("Blynk"),
        ServiceUrl = new Uri("https://fra1.blynk.cloud"),
        Client = Client,
    };

    /// <summary>A sign-in at Spacebring: a reusable refresh token, revocation in the query.</summary>
    internal static ConnectRequest SpacebringCode { get; } = new()
    {
        Provider = BuiltInProviders.Get("Spacebring"),
        Client = Client,
        Inputs = [new AuthorizationCode(new Secret("the+code/1"), "http://127.0.0.1:8400/callback", new Secret("the-verifier"))],
        Headers = new Dictionary<string, string> { ["spacebring-network-id"] = "n-42" },
    };

    /// <summary>HTTP Basic on every API call of Spacebring.</summary>
    internal static ConnectRequest SpacebringBasic { get; } = SpacebringCode with { Inputs = [] };

    /// <summary>An App Credential at SpatiaFi.</summary>
    internal static ConnectRequest SpatiaFi { get; } = new() { Provider = BuiltInProviders.Get("SpatiaFi"), Client = Client };

    /// <summary>Client credentials at JetBrains Space.</summary>
    internal static ConnectRequest Space { get; } = new()
    {
        Provider = BuiltInProviders.Get("JetBrainsSpace"),
        ServiceUrl = new Uri("https://mycompany.jetbrains.space"),
        Client = Client,
    };

    /// <summary>A token response with the members that matter to most tests.</summary>
    internal static string Token(string accessToken, int expiresIn = 3600, string? refreshToken = null) => Wire.Json(refreshToken is null
        ? $$"""{"access_token":"{{accessToken}}","token_type":"Bearer","expires_in":{{expiresIn}}}"""
        : $$"""{"access_token":"{{accessToken}}","token_type":"Bearer","expires_in":{{expiresIn}},"refresh_token":"{{refreshToken}}"}""");

    internal static string TokenOf(this AccessToken token) => token.Value.Reveal();
}
