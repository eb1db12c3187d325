using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Newtonsoft.Json.Linq;

namespace OAuthPS.Neighbour;

/// <summary>What another module does with its identity library.</summary>
public static class Neighbour
{
    /// <summary>Signs a JWT, verifies it, and reads a claim of it back.</summary>
    /// <returns>The claim, and the versions of the libraries that were used.</returns>
    public static string SignAndVerify()
    {
        var key = new SymmetricSecurityKey(new byte[64]);
        var handler = new JsonWebTokenHandler();
        var claims = new JObject { ["sub"] = "neighbour" }.ToString();
        var jwt = handler.CreateToken(claims, new SigningCredentials(key, SecurityAlgorithms.HmacSha256));
        var result = handler.ValidateToken(jwt, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidateIssuer = false,
            ValidateAudience = false,
        });
        var subject = result.IsValid ? new JsonWebToken(jwt).Subject : "not valid";
        return $"{subject}, {Version(typeof(JsonWebTokenHandler))}, {Version(typeof(TokenValidationParameters))}, {Version(typeof(JObject))}";
    }

    private static string Version(Type type) => $"{type.Assembly.GetName().Name} {type.Assembly.GetName().Version}";
}
