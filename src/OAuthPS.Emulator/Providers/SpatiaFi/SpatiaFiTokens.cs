using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>The token answer, whose access token is a JWT with the payload of the documented example.</summary>
internal sealed class SpatiaFiTokens(AccessTokens accessTokens)
{
    private static readonly string _header = Encode("""{"typ":"JWT","alg":"HS256"}""");

    /// <summary>A token for the one user there is, got by this client or, without one, by the user's password.</summary>
    public Answer Issue(string clientId)
    {
        var grant = new Grant(clientId, DemoAccounts.SpatiaFiUserId, scope: "");
        var issued = accessTokens.Issue(grant, grant.Scope, expires => Mint(DemoAccounts.SpatiaFiUserId, expires));
        return Answer.Token(new JsonObject
        {
            ["access_token"] = issued.Token,
            ["token_type"] = "bearer",
            ["expires_at"] = issued.ExpiresAt,
        });
    }

    // The documented payload has nothing that differs between two tokens of the same second. Only the emulator verifies
    // them, by having issued them, so each is signed with a key of its own: a renewed token is then never the same text.
    private static string Mint(string userId, long expires)
    {
        var payload = new JsonObject { ["user_id"] = userId, ["aud"] = "fastapi-users:auth", ["exp"] = expires };
        var signed = $"{_header}.{Encode(payload.ToJsonString())}";
        var signature = HMACSHA256.HashData(RandomNumberGenerator.GetBytes(32), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
