using System.Text;
using System.Text.Json.Nodes;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Tests.Registration;

/// <summary>Files that were valid once: damaged as disks and people damage them, they are refused by name, or can be used.</summary>
public class MutatedProviderFileTests
{
    private const int Mutations = 20_000;

    // Those that are built in state nothing of these.
    private static readonly OAuthProvider _ownRequests = new()
    {
        Name = "Own",
        TokenEndpoint = "https://own.example/token",
        Flows = [OAuthFlow.ClientCredentials],
        ClientAuthentications = [ClientAuthenticationMethod.Basic],
        FindsClientAuthentication = true,
        TokenParameters = ParameterPlacement.Json,
        TokenHeaders = [new("Own-Version") { Value = "1" }],
        ApiAuthorizationScheme = "Own-token",
        ClientAssertion = new() { Audience = "https://own.example/", Type = "JWT", SendsSha1Thumbprint = true },
        Grants = [new() { Flow = OAuthFlow.ClientCredentials, GrantType = "own", Parameters = [new("a", "b")], Needs = [] }],
    };

    private static readonly byte[][] _valid = [.. BuiltInProviders.All.Append(_ownRequests).Select(ProviderFile.ToJson)];

    private static readonly string[] _fragments =
        ["null", "{}", "[]", "[null]", "7", "99", "-1", "true", "\"\"", "\"x\"", "\"/x\"", "\"https://a.example\"", "1e999", "\"\\ud800\"", "\"Basic\"", "\"None\"", "{\"name\":null}"];

    [Fact]
    public async Task Damaged_bytes_give_a_typed_error_or_a_provider_that_works()
    {
        var random = new Random(20260102);
        for (var number = 0; number < Mutations / 2; number++)
            await TryAsync(Damage([.. _valid[random.Next(_valid.Length)]], random));
    }

    [Fact]
    public async Task Values_in_the_wrong_place_give_a_typed_error_or_a_provider_that_works()
    {
        var random = new Random(20260103);
        for (var number = 0; number < Mutations / 2; number++)
        {
            var document = JsonNode.Parse(_valid[random.Next(_valid.Length)])!.AsObject();
            Replace(document, random);
            await TryAsync(Unmarked(Encoding.UTF8.GetBytes(document.ToJsonString())));
        }
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                file[random.Next(file.Length)] = (byte)random.Next(256);
                return file;
            case 1:
                return file[..random.Next(file.Length)];
            case 2:
                var at = random.Next(file.Length);
                return [.. file[..at], .. Encoding.UTF8.GetBytes(_fragments[random.Next(_fragments.Length)]), .. file[at..]];
            default:
                var start = random.Next(file.Length);
                var end = random.Next(start, Math.Min(file.Length, start + 40));
                return [.. file[..start], .. file[end..]];
        }
    }

    // The fragment is put in as a marked text and unquoted at the end: a half character or 1e999 is no node.
    private static void Replace(JsonObject node, Random random)
    {
        var name = node.ElementAt(random.Next(node.Count)).Key;
        switch (node[name])
        {
            case JsonObject { Count: > 0 } inner when random.Next(2) == 0:
                Replace(inner, random);
                break;
            case JsonArray { Count: > 0 } items when random.Next(2) == 0:
                var at = random.Next(items.Count);
                if (items[at] is JsonObject { Count: > 0 } item && random.Next(2) == 0)
                    Replace(item, random);
                else
                    items[at] = Marked(random);
                break;
            default:
                node[name] = Marked(random);
                break;
        }
    }

    private static string Marked(Random random) => $"@@{random.Next(_fragments.Length)}@@";

    private static byte[] Unmarked(byte[] json)
    {
        var text = Encoding.UTF8.GetString(json);
        for (var number = 0; number < _fragments.Length; number++)
            text = text.Replace($"\"@@{number}@@\"", _fragments[number], StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private static async Task TryAsync(byte[] file)
    {
        if (ProviderFile.Parse(file, out var flaw) is not { } provider)
        {
            Assert.False(string.IsNullOrEmpty(flaw));
            return;
        }

        Assert.NotEmpty(provider.ToString());
        _ = provider.Quirks.Select(quirk => quirk.ToString()).Concat(provider.ApiHeaders.Select(header => header.ToString())).ToList();
        foreach (var flow in provider.Flows)
        {
            using var wire = new Wire().Otherwise(_ => Given.Token("token"));
            try
            {
                await wire.ConnectAsync(new ConnectRequest
                {
                    Provider = provider,
                    Flow = flow,
                    ServiceUrl = new Uri("https://a.example"),
                    Client = Given.Client,
                    Inputs = [new UserCredential("ada", new Secret("word")), new GivenRefreshToken(new Secret("refresh")), new AuthorizationCode(new Secret("code"))],
                    Scope = ["read"],
                });
            }
            catch (OAuthException)
            {
                // Typed.
            }
        }
    }
}
