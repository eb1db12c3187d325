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
        var jwt = handler.CreateToken("""{"sub":"neighbour","exp":4102444800}""", new SigningCredentials(key, SecurityAlgorithms.HmacSha256));
        var parameters = new TokenValidationParameters { IssuerSigningKey = key, ValidateIssuer = false, ValidateAudience = false };
        // Bound late: the type of the result lives in another assembly since version 6.
        var result = ((dynamic)handler).ValidateToken(jwt, parameters);
        var subject = (bool)result.IsValid ? new JsonWebToken(jwt).Subject : $"not valid: {result.Exception.Message}";
        return $"{subject}, {Version(typeof(JsonWebTokenHandler))}, {Version(typeof(TokenValidationParameters))}";
    }

    private static string Version(Type type) => $"{type.Assembly.GetName().Name} {type.Assembly.GetName().Version}";
}
