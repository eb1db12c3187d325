using System.Security.Cryptography;
using OAuthPS.Flows.Protocol;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>The claims of a client assertion (RFC 7523 section 3) and the parameters that carry it (section 2.2).</summary>
internal static class ClientAssertion
{
    private const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Long enough for a slow request and a clock that is a little off, short enough to be worth little if it leaks.
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(5);

    internal static void AddTo(OAuthRequest request, DateTimeOffset now, string jwt)
    {
        request.SignedAt = now;
        request.Parameters.Add(ParameterNames.ClientAssertionType, JwtBearer);
        request.Parameters.Add(ParameterNames.ClientAssertion, new Secret(jwt));
    }

    internal static string Claims(string clientId, Uri tokenEndpoint, DateTimeOffset now) => JsonText.Object(writer =>
        {
            writer.WriteString("iss", clientId);
            writer.WriteString("sub", clientId);
            writer.WriteString("aud", tokenEndpoint.OriginalString);
            writer.WriteString("jti", Base64Url.Encode(RandomNumberGenerator.GetBytes(16)));
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteNumber("exp", (now + _lifetime).ToUnixTimeSeconds());
        });
}
