using System.Net;

namespace OAuthPS.Flows.Secrets;

/// <summary>What a caller gives in a header or a query of their own that is a credential by its name: as secret as the session's.</summary>
internal static class CredentialValues
{
    // In any header or parameter whose name has one of these in it: X-Api-Key, Ocp-Apim-Subscription-Key, access_token, Set-Cookie.
    private static readonly string[] _names =
        ["key", "token", "secret", "passw", "pwd", "passphrase", "auth", "cookie", "credential", "session", "sig", "jwt", "assertion",
            "code", "nonce", "otp", "pin"];

    private static readonly char[] _separators = [' ', ';', ',', '='];

    /// <summary>Whether what has this name is taken for a credential.</summary>
    internal static bool IsName(string name) => Array.Exists(_names, part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Those of headers: each value, and what stands in one by itself (<c>Bearer abc</c>, <c>sid=abc; theme=dark</c>).</summary>
    internal static IEnumerable<string> InHeaders(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.Where(header => IsName(header.Key))
            .SelectMany(header => header.Value.Split(_separators).Where(IsLongEnough).Prepend(header.Value));

    /// <summary>Those of the query of an address.</summary>
    internal static IEnumerable<string> InQuery(Uri address) => address.Query.Length < 2 ? [] : address.Query[1..].Split('&')
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair.Length == 2 && IsName(WebUtility.UrlDecode(pair[0])))
        .SelectMany(pair => new[] { Uri.UnescapeDataString(pair[1]), WebUtility.UrlDecode(pair[1]) })
        .Distinct();

    // "Bearer" and "path" are words of the protocol, which a server's response may need.
    private static bool IsLongEnough(string part) => part.Length >= 8;
}
