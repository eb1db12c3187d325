using System.Text.Json;

namespace OAuthPS.Flows.Messages;

/// <summary>The members of a token response as they stand in the JSON, which has to outlive it.</summary>
internal sealed class TokenResponseBody
{
    internal string? AccessToken { get; private set; }

    internal string? TokenType { get; private set; }

    internal string? RefreshToken { get; private set; }

    internal string? IdToken { get; private set; }

    internal JsonElement ExpiresIn { get; private set; }

    internal JsonElement ExpiresAt { get; private set; }

    internal JsonElement Scope { get; private set; }

    internal JsonElement AuthorizationDetails { get; private set; }

    /// <summary>
    /// The name of a member that comes twice; null where each comes once. Those that nobody reads are not looked at (section 5.1).
    /// </summary>
    internal string? Repeated { get; private set; }

    /// <returns>The members; null when the JSON is no object, or has something else where a token's text belongs.</returns>
    internal static TokenResponseBody? TryRead(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var body = new TokenResponseBody();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var member in json.EnumerateObject())
            {
                if (body.Takes(member.Name, member.Value) && !taken.Add(member.Name))
                {
                    body.Repeated = member.Name;
                }
            }
        }
        catch (InvalidOperationException)
        {
            // No text where one belongs, or one with half a character; and the same in any name.
            return null;
        }

        return body;
    }

    private bool Takes(string name, JsonElement value)
    {
        switch (name)
        {
            case "access_token":
                AccessToken = value.GetString();
                break;
            case "token_type":
                TokenType = value.GetString();
                break;
            case ParameterNames.RefreshToken:
                RefreshToken = value.GetString();
                break;
            case "id_token":
                IdToken = value.GetString();
                break;
            case "expires_in":
                ExpiresIn = value;
                break;
            case "expires_at":
                ExpiresAt = value;
                break;
            case ParameterNames.Scope:
                Scope = value;
                break;
            case ParameterNames.AuthorizationDetails:
                AuthorizationDetails = value;
                break;
            default:
                return false;
        }

        return true;
    }
}
