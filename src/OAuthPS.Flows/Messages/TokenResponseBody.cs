using System.Text.Json;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Messages;

/// <summary>The members of a token response as they stand in the JSON, which has to outlive it.</summary>
internal sealed class TokenResponseBody
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);

    private TokenResponseBody(TokenMemberNames names) => Names = names;

    /// <summary>By which names they are read.</summary>
    internal TokenMemberNames Names { get; }

    internal string? AccessToken { get; private set; }

    internal string? TokenType { get; private set; }

    internal string? RefreshToken { get; private set; }

    internal string? IdToken { get; private set; }

    internal JsonElement Scope => Values(ParameterNames.Scope).FirstOrDefault().Value;

    internal JsonElement AuthorizationDetails => Values(ParameterNames.AuthorizationDetails).FirstOrDefault().Value;

    /// <summary>What is said of the token's end, the standard member first.</summary>
    internal IEnumerable<(string Name, JsonElement Value)> Ends => Values("expires_in");

    /// <summary>What is said of the refresh token's end, the standard member first.</summary>
    internal IEnumerable<(string Name, JsonElement Value)> RefreshTokenEnds => Values("refresh_token_expires_in");

    /// <summary>A member that is read and comes more than once; null when there is none. Two readers may take two things from it.</summary>
    internal string? Repeated { get; private set; }

    /// <summary>The members in the object with the token, the last of each name.</summary>
    internal IReadOnlyDictionary<string, JsonElement> Members => _members;

    /// <summary>The members of the whole response, where the token stands deeper in it.</summary>
    internal IReadOnlyList<KeyValuePair<string, JsonElement>> Above { get; private set; } = [];

    /// <returns>The members; null when the JSON is no object, or has something else where a token's text belongs.</returns>
    internal static TokenResponseBody? TryRead(JsonElement json, TokenResponseFormat format)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var body = new TokenResponseBody(TokenMemberNames.Of(format));
        try
        {
            body.TakeAbove(json, format.Path);
            if (JsonPointer.Find(json, format.Path) is { ValueKind: JsonValueKind.Object } place)
            {
                body.Take(place);
            }

            return body;
        }
        catch (InvalidOperationException)
        {
            // No text where one belongs, or one with half a character; and the same in any name.
            return null;
        }
    }

    private void TakeAbove(JsonElement json, string? path)
    {
        if (path is not null)
        {
            Above = [
                .. json.EnumerateObject()
                    .Where(member => member.Name != JsonPointer.FirstStep(path))
                    .Select(member => KeyValuePair.Create(member.Name, member.Value))];
        }
    }

    private void Take(JsonElement place)
    {
        foreach (var member in place.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                _members[member.Name] = member.Value;
                Repeated ??= Names.IsRead(member.Name) ? member.Name : null;
            }

            if (Names.IsText(member.Name))
            {
                _ = Text(member.Value);
            }
        }

        AccessToken = Text(Value("access_token"));
        TokenType = Text(Value("token_type"));
        RefreshToken = Text(Value(ParameterNames.RefreshToken));
        IdToken = Text(Value("id_token"));
    }

    private JsonElement Value(string standard) => Values(standard).FirstOrDefault().Value;

    private IEnumerable<(string Name, JsonElement Value)> Values(string standard)
    {
        foreach (var name in Names[standard])
        {
            if (_members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                yield return (name, value);
            }
        }
    }

    // Servers say false where they have no refresh token.
    private static string? Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.False ? null : value.GetString();
}
