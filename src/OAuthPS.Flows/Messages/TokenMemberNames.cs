using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// By which names the members of a token response are read. Where a standard one is absent, the names that drafts of RFC 6749 and large
/// vendors have for it are read; the provider's own names stand in its file. Put together once: each response asks for them.
/// </summary>
internal sealed class TokenMemberNames
{
    /// <summary>The standard names under which a provider file can give its own.</summary>
    internal static readonly IReadOnlyList<string> Standard =
        ["access_token", "token_type", "expires_in", "refresh_token", RefreshTokenEnd, "id_token", ParameterNames.Scope,
            ParameterNames.AuthorizationDetails];

    /// <summary>Those of them whose value is a secret.</summary>
    internal static readonly IReadOnlyList<string> Tokens = ["access_token", "refresh_token", "id_token"];

    private const string RefreshTokenEnd = "refresh_token_expires_in";

    private static readonly Dictionary<string, string[]> _otherNames = new(StringComparer.Ordinal)
    {
        // expires_at: Square, SpatiaFi; expires_on: managed identities of Azure; expires: Facebook, and drafts; .expires: ASP.NET.
        ["expires_in"] = ["expires_at", "expires_on", "expires", ".expires"],
        [RefreshTokenEnd] =
            ["x_refresh_token_expires_in", "refresh_expires_in", "refresh_token_expires_at", "refresh_token_expires_on",
                "refresh_token_expires", "refresh_expires_at"],
        [ParameterNames.Scope] = ["scopes"],
    };

    private static readonly TokenMemberNames _usual = new(new TokenResponseFormat());

    private readonly Dictionary<string, string[]> _names;
    private readonly HashSet<string> _read;
    private readonly HashSet<string> _texts;
    private readonly HashSet<string> _left;

    private TokenMemberNames(TokenResponseFormat format)
    {
        _names = Standard.ToDictionary(name => name, name => NamesOf(name, format), StringComparer.Ordinal);
        _read = [.. _names.Values.SelectMany(names => names)];
        var tokens = Tokens.SelectMany(name => _names[name]);
        _texts = [.. tokens, .. _names["token_type"]];

        // When the refresh token ends is read, and kept beside the others too.
        _left = [
            .. Standard.Where(name => name != RefreshTokenEnd),
            .. tokens,
            ParameterNames.Code,
            ParameterNames.State,
            ParameterNames.Issuer];
    }

    internal static TokenMemberNames Of(TokenResponseFormat format) => format.Members.Count == 0 ? _usual : new TokenMemberNames(format);

    /// <summary>The names by which a standard member is read, the first that is there.</summary>
    internal string[] this[string standard] => _names[standard];

    /// <summary>Whether the library reads the member, under whatever standard name.</summary>
    internal bool IsRead(string name) => _read.Contains(name);

    /// <summary>Whether the member has to be text.</summary>
    internal bool IsText(string name) => _texts.Contains(name);

    /// <summary>Whether a session keeps the member by its own name.</summary>
    internal bool IsKept(string name) => !_left.Contains(name);

    private static string[] NamesOf(string standard, TokenResponseFormat format) =>
        format.Members.TryGetValue(standard, out var own) ? [own]
        : _otherNames.TryGetValue(standard, out var others) ? [standard, .. others]
        : [standard];
}
