using System.Security.Cryptography;
using System.Text.Json;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>The claims of a client assertion (RFC 7523 section 3).</summary>
internal static class ClientAssertion
{
    /// <summary>The value of <c>client_assertion_type</c>.</summary>
    internal const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>
    /// Five minutes: long enough for a slow request and a clock that is a little off, short enough to be worth little if it leaks.
    /// </summary>
    internal static TimeSpan DefaultLifetime { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The algorithm of a key for a provider's assertions; the key's own where there is no provider.</summary>
    /// <exception cref="OAuthUsageException">The provider announces none that fits the key.</exception>
    internal static string AlgorithmFor(this ClientKey key, OAuthProvider? provider) =>
        key.AlgorithmAmong(provider?.TokenEndpointAuthSigningAlgorithms ?? [], provider?.DisplayName ?? "", "assertions");

    /// <param name="clientId">The <c>client_id</c>: issuer and subject.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="now">The time by the clock of whom it is for.</param>
    /// <param name="lifetime">For how long it is valid.</param>
    /// <param name="others">Claims besides these, or instead of them; one that is null is left out.</param>
    internal static string Claims(
        string clientId, string audience, DateTimeOffset now, TimeSpan lifetime, IReadOnlyDictionary<string, JsonElement>? others = null) =>
        JsonText.Object(writer =>
        {
            Write("iss", () => writer.WriteStringValue(clientId));
            Write("sub", () => writer.WriteStringValue(clientId));
            Write("aud", () => writer.WriteStringValue(audience));
            Write("jti", () => writer.WriteStringValue(Base64Url.Encode(RandomNumberGenerator.GetBytes(16))));
            Write("iat", () => writer.WriteNumberValue(now.ToUnixTimeSeconds()));
            Write("exp", () => writer.WriteNumberValue((now + lifetime).ToUnixTimeSeconds()));
            foreach (var (name, value) in others ?? new Dictionary<string, JsonElement>())
            {
                if (value.ValueKind != JsonValueKind.Null)
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }
            }

            void Write(string name, Action write)
            {
                if (others?.ContainsKey(name) != true)
                {
                    writer.WritePropertyName(name);
                    write();
                }
            }
        });
}
