using System.Net;
using System.Text.RegularExpressions;

namespace OAuthPS.Flows.Tests.Emulator;

/// <summary>The form on a sign-in page, filled in as a person would.</summary>
public sealed partial record SignInForm(string Action, string Hidden)
{
    public static SignInForm Of(string page)
        => new(
            WebUtility.HtmlDecode(FormAction().Match(page).Groups[1].Value),
            string.Join('&', HiddenField().Matches(page).Select(field => $"{field.Groups[1].Value}={Uri.EscapeDataString(WebUtility.HtmlDecode(field.Groups[2].Value))}")));

    public string Filled(string decision, string userName, string password)
        => $"{Hidden}&username={Uri.EscapeDataString(userName)}&password={Uri.EscapeDataString(password)}&decision={decision}";

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\"")]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex HiddenField();
}
