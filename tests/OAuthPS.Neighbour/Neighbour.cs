using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

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
        var jwt = handler.CreateToken("""{"sub":"neighbour"}""", new SigningCredentials(key, SecurityAlgorithms.HmacSha256));
        var parameters = new TokenValidationParameters { IssuerSigningKey = key, ValidateIssuer = false, ValidateAudience = false };
        // Bound late: the type of its result lives in another assembly since version 6.
        var isValid = (bool)((dynamic)handler).ValidateToken(jwt, parameters).IsValid;
        var subject = isValid ? new JsonWebToken(jwt).Subject : "not valid";
        return $"{subject}, {Version(typeof(JsonWebTokenHandler))}, {Version(typeof(TokenValidationParameters))}";
    }

    private static string Version(Type type) => $"{type.Assembly.GetName().Name} {type.Assembly.GetName().Version}";
}
