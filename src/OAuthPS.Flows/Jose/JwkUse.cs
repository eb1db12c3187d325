using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>What a JWK says that it is for (RFC 7517 sections 4.2 and 4.3). One that says nothing is for anything.</summary>
internal static class JwkUse
{
    /// <summary>Whether <c>use</c> lets the key sign or verify.</summary>
    internal static bool IsForSignatures(JsonElement jwk) => JsonWebSignature.Text(jwk, "use") is null or "sig";

    /// <summary>Whether <c>key_ops</c> lets the key be used for an operation: <c>sign</c> or <c>verify</c>.</summary>
    internal static bool Allows(JsonElement jwk, string operation) =>
        !jwk.TryGetProperty("key_ops", out var operations) || operations.ValueKind == JsonValueKind.Null
        || (operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(one => WireFormat.Text(one) == operation));
}
