using System.Text.Json.Serialization;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Vendors.SpatiaFi;

/// <summary>An App Credential of SpatiaFi: "technically an OAuth 2.0 client" (https://docs.spatiafi.com/auth/).</summary>
/// <param name="ClientId">Its <c>client_id</c>.</param>
/// <param name="UserId">The user who owns it; null when the provider did not say.</param>
/// <param name="ClientSecret">Its secret; null in a list, because it is given once, when the credential is made.</param>
public sealed record AppCredential(string ClientId, string? UserId, Secret? ClientSecret);

/// <summary>The members as they stand in the JSON.</summary>
internal sealed class AppCredentialBody
{
    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    [JsonPropertyName("user_id")]
    public string? UserId { get; init; }

    [JsonPropertyName("client_secret")]
    public string? ClientSecret { get; init; }
}

[JsonSerializable(typeof(AppCredentialBody))]
[JsonSerializable(typeof(List<AppCredentialBody?>))]
internal sealed partial class AppCredentialJson : JsonSerializerContext;
