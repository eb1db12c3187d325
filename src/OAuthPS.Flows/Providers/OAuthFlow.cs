using System.Text.Json;
using System.Text.Json.Serialization;

namespace OAuthPS.Flows.Providers;

/// <summary>The name of a way to a session. What a flow does is in a file of its own, in the room of the flows.</summary>
/// <param name="Name">The name, as scripts and provider files have it. Its case does not matter.</param>
[JsonConverter(typeof(OAuthFlowConverter))]
public sealed record OAuthFlow(string Name)
{
    /// <summary>The client on its own behalf (RFC 6749 section 4.4).</summary>
    public static OAuthFlow ClientCredentials { get; } = new(nameof(ClientCredentials));

    /// <summary>A person signs in with a browser; the client exchanges a code (RFC 6749 section 4.1).</summary>
    public static OAuthFlow AuthorizationCode { get; } = new(nameof(AuthorizationCode));

    /// <summary>
    /// A person signs in with a browser, and the token arrives in the redirect (RFC 6749 section 4.2). Advised against by RFC 9700.
    /// </summary>
    public static OAuthFlow Implicit { get; } = new(nameof(Implicit));

    /// <summary>The user's name and password go to the token endpoint (RFC 6749 section 4.3). Advised against by RFC 9700.</summary>
    public static OAuthFlow Password { get; } = new(nameof(Password));

    /// <summary>A refresh token that the user already has (RFC 6749 section 6).</summary>
    public static OAuthFlow RefreshToken { get; } = new(nameof(RefreshToken));

    /// <summary>A person signs in on another device (RFC 8628).</summary>
    public static OAuthFlow DeviceCode { get; } = new(nameof(DeviceCode));

    /// <summary>One token for another (RFC 8693).</summary>
    public static OAuthFlow TokenExchange { get; } = new(nameof(TokenExchange));

    /// <summary>
    /// A JWT that a party trusted by the server has signed (RFC 7523 section 2.1): one that the user has, or one that the client's key
    /// signs.
    /// </summary>
    public static OAuthFlow JwtBearer { get; } = new(nameof(JwtBearer));

    /// <summary>HTTP Basic (RFC 7617): on every API call, or once, for a temporary token.</summary>
    public static OAuthFlow Basic { get; } = new(nameof(Basic));

    /// <inheritdoc/>
    public bool Equals(OAuthFlow? other) => string.Equals(Name, other?.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

/// <summary>A flow as text.</summary>
internal sealed class OAuthFlowConverter : JsonConverter<OAuthFlow>
{
    public override OAuthFlow? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? new OAuthFlow(reader.GetString()!) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, OAuthFlow value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
