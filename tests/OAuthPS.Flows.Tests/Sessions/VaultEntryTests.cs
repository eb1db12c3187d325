using System.Text;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>Entries that are not there, or not what they should be: a typed error, and the entry stays as it is.</summary>
public sealed class VaultEntryTests : VaultTest
{
    private const int Seed = 20260103;
    private const int Mutations = 20_000;

    private static readonly string[] _pieces =
    [
        "\\ud800", "\\u0000", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e999", "0", "\uFEFF", "\\u001b[31m", "\\n", "{\"a\":null}", "[null]", "[]", "\"\"",
        "\"flow\":\"Basic\",", "\"flow\":\"DeviceCode\",", "\"flow\":99,", "\"version\":2,", "\"version\":3,", "\"clientKey\":{\"pkcs8\":\"AAAA\"},", "\"provider\":\"Nobody\",", "\"provider\":\"SpatiaFi\",", "\"clientId\":null,", "\"clientId\":\" \",",
        "\"clientSecret\":null,", "\"serviceUrl\":\"http://example.com\",", "\"serviceUrl\":\"file:///etc\",", "\"timeoutSeconds\":1e-300,", "\"expiresAt\":\"0001-01-01T00:00:00Z\",",
        "\"expiresAt\":\"9999-12-31T23:59:59Z\",", "\"headers\":{\"a\":null},", "\"headers\":{\"\":\"\"},", "\"scope\":[null],", "\"additionalParameters\":{\"a\":null},", "\"accessToken\":\"a\\nb\",",
        "\"clientAuthentication\":\"Post\",", "\"clientAuthentication\":\"PrivateKeyJwt\",", "\"refreshToken\":\"\",", "\"members\":{\"a\":null},", "\"members\":{\"a\":{}},", "\"members\":{\"a\\u001b\":{\"text\":\"b\\u001b\"}},",
        "\"members\":{\"a\":{\"secret\":\"secret-refresh\"}},", "\"refreshTokenExpiresAt\":\"9999-12-31T23:59:59Z\",\"refreshTokenObtainedAt\":\"0001-01-01T00:00:00Z\",", "\"version\":5,", "\"accessToken\":null,",
    ];

    [Fact]
    public async Task A_session_that_is_not_there_is_said_to_be_missing()
    {
        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => RestoreAsync("nobody"));

        Assert.Equal("VaultEntryMissing", error.ErrorId);
        Assert.Equal(OAuthErrorKind.NotFound, error.Kind);
    }

    [Theory]
    [InlineData("""{"type":"OAuthPS.Session","version":5,"future":true}""", "has the format 5, and this version of OAuthPS knows 1 to 4")]
    [InlineData("""{"type":"OAuthPS.Session","version":2,"provider":"Blynk","serviceUrl":"https://a.example","scope":[],"headers":{},"additionalParameters":{},"timeoutSeconds":1}""", "is not whole")]
    [InlineData("""{"type":"OAuthPS.Session","version":1,"provider":"Blynk","serviceUrl":"https://a.example","scope":[],"headers":{},"additionalParameters":{},"timeoutSeconds":1,"clientKey":{}}""", "is not whole")]
    [InlineData("""{"type":"OAuthPS.Session","version":3,"provider":"Blynk","flow":"ClientCredentials","serviceUrl":"https://a.example","scope":[],"headers":{},"additionalParameters":{},"timeoutSeconds":1,"members":{"shop":{"text":"a","secret":"hunter2"}}}""", "is not whole")]
    [InlineData("""{"type":"OAuthPS.Session","version":3,"provider":"Blynk","flow":"ClientCredentials","serviceUrl":"https://a.example","scope":[],"headers":{},"additionalParameters":{},"timeoutSeconds":1,"refreshTokenExpiresAt":"2030-01-01T00:00:00Z"}""", "is not whole")]
    [InlineData("""{"type":"Other.Session","version":1}""", "is not a session of OAuthPS, or is damaged")]
    [InlineData("""{"type":"OAuthPS.Session","version":1,"provi""", "is not a session of OAuthPS, or is damaged")]
    [InlineData("""{"type":"OAuthPS.Session","version":1}""", "is not whole")]
    [InlineData("not JSON, but: hunter2", "is not a session of OAuthPS, or is damaged")]
    [InlineData("", "is not a session of OAuthPS, or is damaged")]
    [InlineData("null", "is not a session of OAuthPS, or is damaged")]
    public async Task An_entry_that_cannot_be_used_is_told_apart_and_left_as_it_is(string entry, string flaw)
    {
        Vault.Entries["Blynk"] = entry;

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => RestoreAsync());

        Assert.Equal("VaultEntryInvalid", error.ErrorId);
        Assert.Contains(flaw, error.Message, StringComparison.Ordinal);
        NoSecret.In(error, "hunter2");
        Assert.Equal(entry, Vault.Only);
    }

    [Theory]
    [InlineData("VaultEntryMissing", null)]
    [InlineData("VaultEntryInvalid", """{"type":"OAuthPS.Session","version":2}""")]
    [InlineData("VaultEntryInvalid", "damaged")]
    public async Task An_entry_that_goes_bad_under_a_session_stops_its_renewal_before_anything_is_sent(string errorId, string? entry)
    {
        Wire.Answers(Given.Token("access-1", 3600, "refresh-1"));
        var session = await SavedAsync();
        Vault.Entries.Clear();
        if (entry is not null)
            Vault.Entries["Blynk"] = entry;
        Expire();

        var error = await Assert.ThrowsAsync<OAuthUsageException>(() => session.GetTokenAsync().AsTask());

        Assert.Equal(errorId, error.ErrorId);
        Assert.Single(Wire.Requests);
        Assert.Equal(entry, Vault.Entries.GetValueOrDefault("Blynk"));
    }

    [Fact]
    public async Task Twenty_thousand_damaged_entries_are_sessions_or_typed_errors_and_nothing_else()
    {
        var entries = new List<string>();
        Wire.Otherwise(_ => Given.Token("secret-access", 3600, "secret-refresh"));
        foreach (var request in new[] { Given.Blynk, Given.SpacebringBasic, Given.SpatiaFi, Given.Space with { Scope = ["**"] }, Given.SpacebringCode })
        {
            var saved = await SavedAsync(request);
            entries.Add(Vault.Entries[saved.Name]);
        }

        Expire();
        Vault.Entries.Clear();
        var random = new Random(Seed);
        var (good, bad) = (0, 0);
        for (var i = 0; i < Mutations; i++)
        {
            var text = Mutate(entries[random.Next(entries.Count)], random);
            Vault.Entries["s"] = text;
            try
            {
                var session = await RestoreAsync("s");
                Assert.NotNull(await session.GetRequestHeadersAsync());
                good++;
            }
            catch (OAuthException error)
            {
                NoSecret.In(error.ToString(), "secret-access", "secret-refresh");
                Assert.Equal(text, Vault.Only);
                bad++;
            }
            catch (Exception other)
            {
                Assert.Fail($"Seed {Seed}, mutation {i}, entry {text}: {other}");
            }
        }

        Assert.True(good > 100 && bad > 1000, $"{good} sessions, {bad} errors: the mutations are too weak or too strong.");
    }

    private static string Mutate(string entry, Random random)
    {
        var text = new StringBuilder(entry);
        for (var times = random.Next(1, 4); times > 0 && text.Length > 0; times--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at));
                    break;
                case 1:
                    text[at] = (char)random.Next(0x20, 0x7F);
                    break;
                case 2:
                    text[at] = (char)random.Next(0x10000);
                    break;
                case 3:
                    text.Length = at;
                    break;
                case 4:
                    text.Insert(at, _pieces[random.Next(_pieces.Length)]);
                    break;
                default:
                    // A later member wins over an earlier one of the same name.
                    var member = _pieces[random.Next(_pieces.Length)];
                    if (text[^1] == '}' && member.EndsWith(','))
                        text.Insert(text.Length - 1, "," + member.TrimEnd(','));
                    break;
            }
        }

        return text.ToString();
    }
}
