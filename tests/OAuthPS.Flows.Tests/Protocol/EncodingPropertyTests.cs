using System.Net;
using System.Text;
using System.Web;
using FsCheck;
using FsCheck.Fluent;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Protocol;

/// <summary>What is encoded comes back as it was, for any text; a decoder that others wrote is the judge.</summary>
public class EncodingPropertyTests
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20260102, 1);

    // Any UTF-16 at all, half surrogate pairs included, with the characters that matter more often than chance has them.
    private static readonly Arbitrary<string> _texts = Gen.OneOf(
            Gen.Choose(0, 0xFFFF).Select(code => (char)code),
            Gen.Choose(0x20, 0x7E).Select(code => (char)code),
            Gen.Elements(" +&=%?#/\\:;,\"'\0\r\n\u00e4\u20ac\ud83d\ude00\u202e".ToCharArray()))
        .ArrayOf()
        .Select(characters => new string(characters))
        .ToArbitrary();

    [Fact]
    public void Form_encoding_is_undone_by_any_form_decoder() => Prop.ForAll(_texts, text =>
    {
        var encoded = FormUrlEncoding.Encode(text);
        Assert.All(encoded, c => Assert.True(char.IsAsciiLetterOrDigit(c) || "+%-._~".Contains(c, StringComparison.Ordinal), encoded));
        Assert.Equal(WellFormed(text), HttpUtility.UrlDecode(encoded));
        Assert.Equal(WellFormed(text), WebUtility.UrlDecode(encoded));
    }).Check(_config);

    [Fact]
    public void A_form_body_is_read_back_name_by_name() => Prop.ForAll(_texts, _texts, (one, two) =>
    {
        var parameters = new RequestParameters();
        parameters.Add("a" + one, two);
        parameters.Add("b", new Secret(one));

        var read = HttpUtility.ParseQueryString(FormUrlEncoding.Encode(parameters));

        Assert.Equal(WellFormed(two), read["a" + WellFormed(one)]);
        Assert.Equal(WellFormed(one), read["b"]);
    }).Check(_config);

    [Fact]
    public void A_query_is_read_back_from_the_address_as_it_is_sent_and_keeps_the_one_that_was_there() => Prop.ForAll(_texts, text =>
    {
        foreach (var (endpoint, before) in new[] { ("https://h.example/p", ""), ("https://h.example/p?", ""), ("https://h.example/p?x=%20%2B&y=1?", "x=%20%2B&y=1?&") })
        {
            var parameters = new RequestParameters();
            parameters.Add("name", text);

            var sent = FormUrlEncoding.AppendQuery(new Uri(endpoint), parameters).PathAndQuery;

            Assert.StartsWith($"/p?{before}name=", sent, StringComparison.Ordinal);
            var value = sent[(sent.LastIndexOf('=') + 1)..];
            Assert.Equal(WellFormed(text), Uri.UnescapeDataString(value));
            Assert.Equal(WellFormed(text), WebUtility.UrlDecode(value));
        }
    }).Check(_config);

    [Fact]
    public void A_Basic_header_is_read_back_in_both_forms() => Prop.ForAll(_texts, _texts, (id, secret) =>
    {
        var encoded = Decode(BasicHeader.Create(id, new Secret(secret), BasicEncoding.FormEncoded).Parameter!).Split(':');
        Assert.Equal([WellFormed(id), WellFormed(secret)], encoded.Select(WebUtility.UrlDecode));

        var name = id.Replace(":", "", StringComparison.Ordinal);
        var plain = Decode(BasicHeader.Create(name, new Secret(secret), BasicEncoding.Plain).Parameter!).Split(':', 2);
        Assert.Equal([WellFormed(name), WellFormed(secret)], plain);
    }).Check(_config);

    [Fact]
    public void Parameters_are_never_shown_with_a_secret() => Prop.ForAll(_texts, text =>
    {
        var secret = $"s3cr3t{text}";
        var parameters = new RequestParameters();
        parameters.Add("shown", "value");
        parameters.Add("hidden", new Secret(secret));
        parameters.AddAdditional(new Dictionary<string, string> { ["custom"] = secret, ["audience"] = "mine" }, new RequestParameters());

        Assert.Equal("shown=value&hidden=***&custom=***&audience=mine", parameters.ToString());
    }).Check(_config);

    [Fact]
    public void Words_are_shown_without_any_secret_and_without_control_characters() => Prop.ForAll(_texts, _texts, _texts, (before, secret, after) =>
    {
        secret = $"s3cr3t{secret}";

        foreach (var (_, form) in NoSecret.Forms(WellFormed(secret)))
        {
            var shown = WireFormat.Clean($"{before} {form} {after}", [WellFormed(secret)]);

            Assert.DoesNotContain(form, shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(shown, char.IsControl);
            Assert.InRange(shown.Length, 0, 510);
        }
    }).Check(_config.WithMaxTest(500));

    // What is replaced in the middle of it (its own base64, a control character) is what makes it whole.
    [Theory]
    [InlineData("\\/XC8q******", "\\/*")]
    [InlineData("my a-long-sec\u0001ret", "a-long-sec ret")]
    public void A_secret_that_becomes_whole_by_what_is_replaced_is_not_shown_either(string words, string secret) =>
        Assert.DoesNotContain(secret, WireFormat.Clean(words, [secret, "other"]), StringComparison.Ordinal);

    // Half a surrogate pair has no UTF-8: it travels as U+FFFD.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
