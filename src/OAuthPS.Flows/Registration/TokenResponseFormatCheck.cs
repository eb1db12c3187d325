using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Registration;

/// <summary>Whether what a file says of token responses can work.</summary>
internal static class TokenResponseFormatCheck
{
    private const int LongestName = 100;
    private const int MostTextMembers = 100;

    /// <returns>What is wrong, for a sentence; null when nothing is.</returns>
    internal static string? Flaw(TokenResponseFormat format)
    {
        if (format.Members is null || format.TextMembers is null)
        {
            return "'members' or 'textMembers' of 'tokenResponse' is null";
        }

        if (format.Path is { } path && !JsonPointer.IsValid(path))
        {
            return "'tokenResponse.path' is no JSON Pointer such as '/data' (RFC 6901), or has more than eight steps";
        }

        if (format.Members.Keys.FirstOrDefault(name => !TokenMemberNames.Standard.Contains(name)) is { } unknown)
        {
            return $"'tokenResponse.members' has '{unknown}', and knows {string.Join(", ", TokenMemberNames.Standard)}";
        }

        if (format.Members.Values.Concat(format.TextMembers).Any(name => name is not { Length: > 0 and <= LongestName })
            || format.TextMembers.Count > MostTextMembers)
        {
            return $"a name in 'tokenResponse' is empty or longer than {LongestName} characters, or there are more than "
                + $"{MostTextMembers} 'textMembers'";
        }

        if (format.Members.Values.Distinct(StringComparer.Ordinal).Count() < format.Members.Count)
        {
            return "'tokenResponse.members' has a name twice";
        }

        if (format.ApiUrlMember is { } member && (member.Length is 0 or > LongestName || IsToken(format, member)))
        {
            return $"'tokenResponse.apiUrlMember' is empty, longer than {LongestName} characters, or the name of a token";
        }

        return format.TextMembers.FirstOrDefault(name => IsToken(format, name)) is { } secret
            ? $"'tokenResponse.textMembers' has '{secret}', which is a secret"
            : null;
    }

    private static bool IsToken(TokenResponseFormat format, string name) =>
        TokenMemberNames.Tokens.Any(token => name == token || format.Members.GetValueOrDefault(token) == name);
}
