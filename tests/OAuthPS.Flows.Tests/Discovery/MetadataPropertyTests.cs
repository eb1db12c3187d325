using System.Net;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.Tests.Discovery;

/// <summary>Whatever stands in metadata and in the headers beside it: what comes of it is safe, and within bounds.</summary>
public class MetadataPropertyTests
{
    private const string Issuer = "https://login.example.com";

    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260102, 1);

    private static readonly string[] _members = [.. ServerMetadataJson.Default.ServerMetadata.Properties.Select(property => property.Name).Where(name => name != "issuer")];

    private static readonly Gen<string> _values = Gen.Elements(
        "null", "true", "\"true\"", "7", "-1e400", "\"\"", "\" \"", "[]", "{}", "[[\"code\"],null,\"code token\",5]", "\"code, token\"", "\"\\ud800\"", "\"a\\u001b[2Jb\"",
        "{\"token_endpoint\":\"https://mtls.example.com/token\"}", "{\"token_endpoint\":7,\"x\":{}}", "{\"token_endpoint\":\"http://mtls.example.com/token\"}",
        "\"https://login.example.com/x\"", "\"http://login.example.com/x\"", "\"http://127.0.0.1:9/x\"", "\"https://user:word@login.example.com/\"",
        "\"/x\"", "\"//evil.example/x\"", "\"javascript:alert(1)\"", "\"https://[\"", "\"https://login.example.com/%1b[2J\"", "[\"RS256\",\"none\"]");

    private static readonly Arbitrary<string> _documents = (
        from names in Gen.SubListOf(_members)
        from values in Gen.ArrayOf(_values, names.Count)
        select $"{{\"issuer\":\"{Issuer}\"{string.Concat(names.Zip(values, (name, value) => $",\"{name}\":{value}"))}}}").ToArbitrary();

    private static readonly Arbitrary<string> _headers = Gen.OneOf(
        Gen.Elements("max-age=60", "max-age=", "max-age=-1", "max-age=999999999999", "no-store", "no-cache=\"a\"", "private, max-age=86400", "\"", ",,;=", "0", "", "Fri, 02 Jan 2026 06:04:05 GMT"),
        Gen.Choose(0x20, 0x7E).Select(code => (char)code).ArrayOf().Select(characters => new string(characters))).ToArbitrary();

    [Fact]
    public void An_endpoint_that_is_taken_is_safe_and_a_name_that_is_taken_harmless() => Prop.ForAll(_documents, document =>
    {
        ServerMetadata metadata;
        try
        {
            metadata = Server.Discovery.Of(new Wire().Otherwise(_ => Wire.Json(document)).Transport).GetAsync(Issuer).GetAwaiter().GetResult();
        }
        catch (OAuthProtocolException refused)
        {
            Assert.Equal("MetadataInsecure", refused.ErrorId);
            return;
        }

        Assert.Equal(Issuer, metadata.Issuer);
        Assert.All(metadata.Endpoints.Select(endpoint => endpoint.Url).OfType<Uri>(), url => Assert.Equal(("https", ""), (url.Scheme, url.UserInfo)));
        Assert.DoesNotContain('\u001b', string.Concat([.. metadata.ScopesSupported ?? [], .. metadata.GrantTypesSupported ?? []]));
    }).Check(_config);

    [Fact]
    public void A_document_is_kept_for_a_minute_to_a_day_whatever_its_headers_say() => Prop.ForAll(_headers, _headers, _headers, (control, expires, age) =>
    {
        var headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
        {
            ["cache-control"] = [control],
            ["expires"] = [expires],
            ["age"] = [age],
        };
        var response = new HttpResponse
        {
            StatusCode = HttpStatusCode.OK,
            MediaType = null,
            CharacterSet = null,
            Body = [],
            RetryAfter = null,
            ReadHeaders = () => headers,
        };

        Assert.InRange(CacheLifetime.Of(response, Given.Start), TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
    }).Check(_config);

    [Fact]
    public void Every_document_of_the_first_test_is_JSON_whose_issuer_is_right()
    {
        var sample = _documents.Generator.Sample(50, 20).ToList();

        Assert.Contains(sample, document => JsonNode.Parse(document)!.AsObject().Count > 5);
        Assert.All(sample, document => Assert.Equal(Issuer, (string?)JsonNode.Parse(document)!["issuer"]));
    }
}
