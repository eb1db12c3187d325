using System.Text.RegularExpressions;

namespace OAuthPS.Emulator;

/// <summary>The names under which secrets travel.</summary>
internal static partial class SecretNames
{
    // As letters and digits only, so that Client-Secret, clientSecret and client_secret[] are found as well.
    private static readonly HashSet<string> Names =
    [
        "clientsecret", "password", "code", "codeverifier", "refreshtoken", "accesstoken", "idtoken", "token",
        "clientassertion", "assertion", "devicecode", "apikey",
    ];

    /// <summary>True for a name whose value must not show, in any letter case and however often percent-encoded.</summary>
    public static bool Contain(string name) => Names.Contains(NotLetterOrDigit().Replace(Decode(name), "").ToLowerInvariant());

    /// <summary>
    /// Where a text names a secret and goes on with a value, as <c>client_secret=…</c> or <c>"password": …</c>; -1 when nowhere.
    /// So a form inside a JSON string, a URL inside a parameter or a form in a path is seen too.
    /// </summary>
    public static int FirstIn(string text) => NamedValue().Match(Decode(text)) is { Success: true } match ? match.Index : -1;

    // A value may have been encoded more than once, as a URL inside a URL is.
    private static string Decode(string text)
    {
        for (var round = 0; round < 4; round++)
        {
            var decoded = Uri.UnescapeDataString(text);
            if (decoded == text)
            {
                break;
            }

            text = decoded;
        }

        return text;
    }

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex NotLetterOrDigit();

    [GeneratedRegex(
        "(?<![A-Za-z0-9])"
        + "(client.?secret|password|code|code.?verifier|(refresh|access|id).?token|token|(client.?)?assertion|device.?code|api.?key)"
        + """["'\]\s\\]*[=:]""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamedValue();
}
