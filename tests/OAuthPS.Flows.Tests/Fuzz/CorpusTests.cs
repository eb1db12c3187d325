using OAuthPS.Fuzz;

namespace OAuthPS.Flows.Tests.Fuzz;

/// <summary>What coverage-guided fuzzing found of ways through the parsers (tests/Fuzz), taken again: a value or a typed error each time, soon.</summary>
public class CorpusTests
{
    // Each takes milliseconds; the first of a process compiles what it runs.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Parsers => [.. Targets.All.Keys];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void An_input_that_fuzzing_kept_is_read_or_refused_with_a_typed_error(string parser)
    {
        var files = Directory.GetFiles(Path.Combine(ArchitectureTests.Root, "tests", "Fuzz", "Corpus", parser));

        Assert.True(files.Length > 4, $"{files.Length} inputs of {parser}.");
        foreach (var file in files)
        {
            var started = TimeProvider.System.GetTimestamp();
            try
            {
                Targets.All[parser](File.ReadAllBytes(file));
            }
            catch (Exception other)
            {
                Assert.Fail($"{file}: {other}");
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < _longest, file);
        }
    }

    // A harness that swallows everything would find nothing.
    [Fact]
    public void The_targets_reach_what_they_are_for()
    {
        static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

        Assert.Throws<FormatException>(() => Targets.Run(() => throw new FormatException()));
        ResponseTarget.Read(Bytes("""0{"access_token":"t"}"""));
        Assert.Throws<OAuthServerException>(() => ResponseTarget.Read(Bytes("""1{"error":"invalid_grant"}""")));
        ResponseTarget.Read(Bytes("""7{"data":[{"a/b":{"accessToken":"t"}}]}"""));
        Assert.Throws<OAuthProtocolException>(() => ResponseTarget.Read(Bytes("""7{"data":[{"accessToken":"t"}]}""")));
        var refused = Assert.Throws<OAuthServerException>(() => ResponseTarget.Read([
            .. Bytes("8text/xml; charset=utf-16\nFri, 02 Jan 2026 03:14:05 GMT\n3600\n"), .. System.Text.Encoding.Unicode.GetBytes("\uFEFF<e><message>Nö</message></e>")]));
        Assert.Equal(("Nö", TimeSpan.FromHours(1)), (refused.ErrorDescription, refused.RetryAfter));
        ResponseTarget.Read(Bytes("9text/plain\n\n\naccess_token=t"));
        Assert.Throws<OAuthProtocolException>(() => RedirectTarget.Read(Bytes("0?code=c&state=STATE")));
        RedirectTarget.Read(Bytes("2?code=c&state=STATE&iss=https://login.example.com"));
        JwtTarget.Read(Bytes("0eyJhbGciOiJub25lIn0.e30."));
        Assert.Throws<OAuthUsageException>(() => JwtTarget.Read(Bytes("0eyJhbGciOiJub25lIn0")));
    }
}
