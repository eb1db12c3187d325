using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using OAuthPS.Commands;
using OAuthPS.Flows.Secrets;
using OAuthPS.Parameters;
using OAuthPS.Values;
using OAuthPS.Views;

namespace OAuthPS.Tests;

/// <summary>Parts of the cmdlets that need no PowerShell: its reference assembly has no bodies to run.</summary>
public sealed class ParameterTests
{
    [Fact]
    public void A_hashtable_becomes_text_whatever_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var text = Dictionaries.ToText(new Hashtable { ["limit"] = 1.5, ["on"] = true, [7] = null });

            Assert.Equal("1.5", text["limit"]);
            Assert.Equal("True", text["on"]);
            Assert.Equal("", text["7"]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_ordered_dictionary_keeps_its_order() => Assert.Equal(
        ["z", "a", "m"],
        Dictionaries.ToText(new OrderedDictionary { ["z"] = 1, ["a"] = 2, ["m"] = 3 }).Keys);

    [Fact]
    public void No_dictionary_is_an_empty_one() => Assert.Empty(Dictionaries.ToText(null));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("päss wörd \u20ac \ud83d\udd11 \n")]
    public void A_secret_survives_the_way_to_a_SecureString_and_back(string secret)
    {
        using var secure = new Secret(secret).ToSecureString();

        Assert.True(secure.IsReadOnly());
        Assert.Equal(secret, new NetworkCredential("", secure).Password);
        Assert.Equal(secret, secure.ToSecret().Reveal());
    }

    [Fact]
    public void Request_headers_print_their_names_and_no_value()
    {
        var headers = new OAuthRequestHeader { ["spacebring-network-id"] = "net", ["Authorization"] = "Bearer canary" };

        Assert.Equal("Authorization, spacebring-network-id (values hidden)", headers.ToString());
        Assert.Equal("Bearer canary", headers["AUTHORIZATION"]);
    }

    [Fact]
    public void A_session_reference_needs_a_name()
    {
        Assert.Throws<ArgumentException>(() => new OAuthSessionReference(" "));
        Assert.Equal("north", new OAuthSessionReference("north").ToString());
    }

    [Theory]
    [InlineData("pwsh -NonInteractive -File a.ps1", true)]
    [InlineData("pwsh -NoProfile -noni -c 1", true)]
    [InlineData("pwsh /NonInteractive", true)]
    [InlineData("pwsh --noninter", true)]
    [InlineData("pwsh", false)]
    [InlineData("pwsh -NoProfile -nop -NoLogo -nol", false)]
    [InlineData("pwsh -File a.ps1 -NonInteractive", false)]
    [InlineData("pwsh -f a.ps1 -NonInteractive", false)]
    [InlineData("pwsh a.ps1 -NonInteractive", false)]
    [InlineData("pwsh -Command Connect -NonInteractive", false)]
    [InlineData("-NonInteractive", false)]
    public void A_PowerShell_that_asks_nobody_is_known_by_its_command_line(string commandLine, bool expected) =>
        Assert.Equal(expected, ConsolePrompt.IsNonInteractive(commandLine.Split(' ')));
}
