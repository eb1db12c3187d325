using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>What a server repeats of a secret is masked in any form, and nothing else of its words is.</summary>
public partial class RedactionPropertyTests
{
    private const string Before = "the key <";
    private const string After = "> is not known";

    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20260103, 1);

    private static readonly Gen<string> _secrets =
        from length in Gen.Choose(16, 120)
        from characters in Gen.Frequency(
            (8, Gen.Choose('!', '~').Where(code => code is not ('<' or '>')).Select(code => (char)code)),
            (1, Gen.Elements(" +&=%?#/\\:;\"'äÄß€ж".ToCharArray()))).ArrayOf(length)
        select new string(characters);

    // A way in which a server may write a text, and how much of what stands beside it the mask leaves at most.
    private static readonly (string Name, Func<string, string> Write, int Beside)[] _forms =
    [
        ("plain", text => text, 0),
        ("in upper case", text => Ascii(text, char.ToUpperInvariant), 0),
        ("percent-encoded", Uri.EscapeDataString, 0),
        ("form-encoded", text => WebUtility.UrlEncode(text), 0),
        ("each byte percent-encoded", text => string.Concat(Bytes(text).Select(one => $"%{one:X2}")), 0),
        ("percent-encoded twice", text => Uri.EscapeDataString(Uri.EscapeDataString(text)), 0),
        ("escaped for JSON", text => JsonSerializer.Serialize(text)[1..^1], 0),
        ("each character escaped for JSON", text => string.Concat(text.Select(one => $"\\u{(int)one:x4}")), 0),
        ("escaped for HTML", text => WebUtility.HtmlEncode(text), 0),
        ("each character escaped for HTML", text => string.Concat(text.Select(one => $"&#{(int)one};")), 0),
        ("in hex", text => Convert.ToHexString(Bytes(text)), 1),
        ("in lower hex", text => Convert.ToHexString(Bytes(text)).ToLowerInvariant(), 1),
        ("in base64", text => Convert.ToBase64String(Bytes(text)), 4),
        ("in base64 after one byte", text => Convert.ToBase64String(Bytes("x" + text)), 4),
        ("in base64 after two bytes", text => Convert.ToBase64String(Bytes("xy" + text)), 4),
        ("in base64 for addresses", text => Base64Url.Encode(Bytes(text)), 4),
        ("in base64 in a percent-encoded text", text => Uri.EscapeDataString(Convert.ToBase64String(Bytes(text))), 12),
        ("a part of its base64", text => Convert.ToBase64String(Bytes("12345" + text + "12345"))[3..^3], 8),
        ("a part of its hex", text => "a" + Convert.ToHexString(Bytes(text)) + "b", 1),
    ];

    [Fact]
    public void Twelve_characters_in_a_row_of_a_long_secret_are_masked_in_any_form_and_nothing_beside_them_is() => Prop.ForAll(
        (from secret in _secrets
         from start in Gen.Choose(0, secret.Length - 12)
         from length in Gen.Choose(12, secret.Length - start)
         from form in Gen.Elements(_forms)
         select (Secret: secret, Part: secret.Substring(start, length), Form: form)).ToArbitrary(),
        given =>
        {
            var written = given.Form.Write(given.Part);

            var shown = Redaction.Redact(Before + written + After, [given.Secret, "another-secret-of-the-request"]);

            AssertMasked(shown, given.Form.Beside, $"{given.Form.Name}: {written}");
        }).Check(_config);

    [Fact]
    public void A_line_break_in_the_middle_hides_nothing() => Prop.ForAll(
        (from secret in _secrets
         from form in Gen.Elements(_forms)
         from place in Gen.Choose(1, 1000)
         from lineBreak in Gen.Elements("\n", "\r\n", "\u2028", "\u200b")
         select (Secret: secret, Form: form, Place: place, LineBreak: lineBreak)).ToArbitrary(),
        given =>
        {
            var written = given.Form.Write(given.Secret);

            // Not into the middle of an escape, which would then be another text.
            var places = Enumerable.Range(1, written.Length - 1).Where(at => !Escape().Matches(written).Any(one => one.Index < at && at < one.Index + one.Length)).ToList();
            if (places.Count == 0)
                return;

            written = written.Insert(places[given.Place % places.Count], given.LineBreak);
            var shown = Redaction.Redact(Before + written + After, [given.Secret]);

            AssertMasked(shown, given.Form.Beside + 2, $"{given.Form.Name}: {written}");
        }).Check(_config);

    [Fact]
    public void A_short_secret_is_masked_as_a_whole_in_any_form() => Prop.ForAll(
        (from secret in _secrets
         from length in Gen.Choose(4, 15)
         from form in Gen.Elements(_forms)
         select (Secret: secret[..length], Form: form)).ToArbitrary(),
        given =>
        {
            var written = given.Form.Write(given.Secret);
            var shown = Redaction.Redact($"<{written}>", [given.Secret]);

            Assert.Contains("***", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(written, shown, StringComparison.OrdinalIgnoreCase);
        }).Check(_config);

    [Fact]
    public void Words_without_a_secret_stay_as_they_are() => Prop.ForAll(
        (from words in _secrets
         from secret in _secrets
         select (Words: words, Secret: secret)).ToArbitrary(),
        given => Assert.Equal(given.Words, Redaction.Redact(given.Words, [given.Secret]))).Check(_config);

    [Theory]
    [InlineData("The client secret is wrong.", "wrong", "The client secret is ***.")]
    [InlineData("invalid_client: d3ad-b33f is unknown", "d3ad-b33f", "invalid_client: *** is unknown")]
    [InlineData("%64%33ad-b33f and then some", "d3ad-b33f", "*** and then some")]
    [InlineData("token eyJ0b2tlbiI6ImQzYWQtYjMzZiJ9 expired", "d3ad-b33f", "token eyJ0b2tlbiI6I***J9 expired")]
    [InlineData("the value 643361642d62333366 expired", "d3ad-b33f", "the value *** expired")]
    public void The_mask_covers_what_matched_and_not_the_whole_reason(string words, string secret, string shown) =>
        Assert.Equal(shown, WireFormat.Clean(words, [secret]));

    [Fact]
    public void No_more_than_64_KiB_of_a_text_are_looked_at_or_shown_and_twice_the_text_costs_twice_as_much()
    {
        const string secret = "a-long-secret-of-the-client";
        Assert.Equal(64 * 1024 + 1, Redaction.Redact(new string('x', 1 << 20), [secret]).Length);
        Assert.DoesNotContain("secret-of-the", Redaction.Redact(new string('x', 65_530) + secret + new string('x', 1 << 20), [secret]), StringComparison.Ordinal);

        var half = Cost(8 * 1024);
        Assert.InRange(Cost(16 * 1024), half, (half * 2.2) + 4096);

        static long Cost(int times)
        {
            var text = string.Concat(Enumerable.Repeat("%2B+", times / 4)) + string.Concat(Enumerable.Repeat("a-long-secre", times / 12));
            Redaction.Redact(text, [secret]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Redaction.Redact(text, [secret]);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void AssertMasked(string shown, int rest, string of)
    {
        Assert.StartsWith(Before, shown, StringComparison.Ordinal);
        Assert.EndsWith(After, shown, StringComparison.Ordinal);
        var inside = shown[Before.Length..^After.Length];
        Assert.True(inside.Split("***") is [var left, var right] && left.Length <= rest && right.Length <= rest, $"{of} is shown as {inside}");
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Ascii(string text, Func<char, char> change) => string.Concat(text.Select(one => char.IsAscii(one) ? change(one) : one));

    [GeneratedRegex("""%(25)*[0-9A-Fa-f]{2}|\\u[0-9a-fA-F]{4}|\\.|&[^;]{1,8};""")]
    private static partial Regex Escape();
}
