using System.Text.Json;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The members of a token response as they stand in the JSON, which has to outlive it. Where a standard one is absent, the names that
/// drafts of RFC 6749 and large vendors have for it are read; the provider's own names stand in its file.
/// </summary>
internal sealed class TokenResponseBody
{
    /// <summary>The standard names under which a provider file can give its own.</summary>
    internal static readonly IReadOnlyList<string> Standard =
        ["access_token", "token_type", "expires_in", "refresh_token", "refresh_token_expires_in", "id_token", ParameterNames.Scope,
            ParameterNames.AuthorizationDetails];

    /// <summary>Those of them whose value is a secret.</summary>
    internal static readonly IReadOnlyList<string> Tokens = ["access_token", "refresh_token", "id_token"];

    private static readonly Dictionary<string, string[]> _otherNames = new(StringComparer.Ordinal)
    {
        // expires_at: Square, SpatiaFi; expires_on: managed identities of Azure; expires: Facebook, and drafts; .expires: ASP.NET.
        ["expires_in"] = ["expires_at", "expires_on", "expires", ".expires"],
        ["refresh_token_expires_in"] =
            ["x_refresh_token_expires_in", "refresh_expires_in", "refresh_token_expires_at", "refresh_token_expires_on",
                "refresh_token_expires", "refresh_expires_at"],
        [ParameterNames.Scope] = ["scopes"],
    };

    private readonly TokenResponseFormat _format;
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read;

    private TokenResponseBody(TokenResponseFormat format)
    {
        _format = format;
        _read = [.. Standard.SelectMany(Names)];
    }

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

        var body = new TokenResponseBody(format);
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

    /// <summary>The names by which a standard member is read, the first that is there.</summary>
    internal IEnumerable<string> Names(string standard) => _format.Members.TryGetValue(standard, out var own) ? [own]
        : _otherNames.TryGetValue(standard, out var others) ? others.Prepend(standard)
        : [standard];

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
                Repeated ??= _read.Contains(member.Name) ? member.Name : null;
            }

            if (_read.Contains(member.Name) && Tokens.Append("token_type").Any(token => Names(token).Contains(member.Name)))
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
        foreach (var name in Names(standard))
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
