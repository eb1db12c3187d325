using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Flows.Tests.Interaction;

namespace OAuthPS.Flows.Tests.Examples;

/// <summary>The README of the library says what runs here, and what runs here does what it says.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly Wire _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public void Each_block_of_the_README_is_an_example_that_runs_here()
    {
        var code = File.ReadAllText(PathOf("tests/OAuthPS.Flows.Tests/Examples/FlowExamples.cs")).ReplaceLineEndings("\n");
        var examples = Marked().Matches(code).ToDictionary(match => match.Groups["name"].Value, match => Outdented(match.Groups["code"].Value));
        var blocks = Fenced().Matches(File.ReadAllText(PathOf("src/OAuthPS.Flows/README.md")).ReplaceLineEndings("\n")).Select(match => match.Groups["code"].Value);

        Assert.Equal(examples.Values.Order(StringComparer.Ordinal), blocks.Order(StringComparer.Ordinal));
        Assert.Empty(typeof(OAuthFlow).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(flow => flow.Name).Except(examples.Keys));
    }

    [Fact]
    public Task Client_credentials() => RunsAsync(OAuthFlow.ClientCredentials, examples => examples.ClientCredentials(), "POST https://auth.spatiafi.com/api/v1/auth/jwt/token\n", "grant_type=client_credentials");

    [Fact]
    public Task Authorization_code() => RunsAsync(OAuthFlow.AuthorizationCode, examples => examples.AuthorizationCode(), "POST https://api.spacebring.com/oauth2/token\n", "grant_type=authorization_code&code=the-code");

    [Fact]
    public Task Password() => RunsAsync(OAuthFlow.Password, examples => examples.Password(), "POST https://auth.spatiafi.com/api/v1/auth/jwt/token\n", "grant_type=password&username=ada%40example.com");

    [Fact]
    public Task Refresh_token() => RunsAsync(OAuthFlow.RefreshToken, examples => examples.RefreshToken(), "POST https://fra1.blynk.cloud/oauth2/token?grant_type=refresh_token&refresh_token=the-token");

    [Fact]
    public Task Token_exchange() => RunsAsync(OAuthFlow.TokenExchange, examples => examples.TokenExchange(), "POST https://login.contoso.com/oauth2/token\n", "subject_token=the-token", "audience=reports");

    [Fact]
    public async Task Jwt_bearer()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await File.WriteAllTextAsync(file, key.ExportPkcs8PrivateKeyPem());
            await RunsAsync(OAuthFlow.JwtBearer, examples => examples.JwtBearer(file), "POST https://login.contoso.com/oauth2/token\n", "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Implicit()
    {
        var prompt = new RecordingPrompt(url => $"https://my.app/callback#access_token=token-1&token_type=Bearer&expires_in=600&scope=**&state={SignInRun.Parameter(url, "state")}");

        var session = await With(prompt).Implicit();

        Assert.Equal((OAuthFlow.Implicit, "token-1"), (session.Flow, (await session.GetTokenAsync()).TokenOf()));
        Assert.Empty(_wire.Requests);
    }

    [Fact]
    public async Task Device_code()
    {
        _wire.Answers(
            Wire.Json("""{"device_code":"the-device-code","user_code":"WDJB-MJHT","verification_uri":"https://login.contoso.com/device","expires_in":240,"interval":5}"""),
            Given.Token("token-1"));
        var prompt = new RecordingPrompt();

        var session = await _wire.PassTimeUntilAsync(With(prompt).DeviceCode());

        Assert.Equal((OAuthFlow.DeviceCode, "token-1"), (session.Flow, (await session.GetTokenAsync()).TokenOf()));
        Assert.Contains("WDJB-MJHT", prompt.Shown, StringComparison.Ordinal);
        Assert.Contains("device_code=the-device-code", _wire.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Basic_and_the_HTTP_client()
    {
        _wire.Answers(Wire.Json("""{"name":"Contoso"}"""));

        var session = await With(new RecordingPrompt()).Basic();
        var info = await FlowExamples.Use(session, _wire);

        Assert.Equal((OAuthFlow.Basic, """{"name":"Contoso"}"""), (session.Flow, info));
        Assert.Equal("GET https://api.spacebring.com/api/info\nAuthorization: Basic bXktY2xpZW50OnRoZS1zZWNyZXQ=\n\n", _wire.LastRequest);
    }

    private async Task RunsAsync(OAuthFlow flow, Func<FlowExamples, Task<OAuthSession>> example, params string[] sent)
    {
        _wire.Answers(Given.Token("token-1"));

        var session = await example(With(new RecordingPrompt(_ => "the-code")));

        Assert.Equal((flow, "token-1"), (session.Flow, (await session.GetTokenAsync()).TokenOf()));
        Assert.StartsWith(sent[0], _wire.LastRequest, StringComparison.Ordinal);
        Assert.All(sent, part => Assert.Contains(part, _wire.LastRequest, StringComparison.Ordinal));
    }

    private FlowExamples With(RecordingPrompt prompt) => new(
        _wire.Transport, prompt, new Secret("the-secret"), new Secret("the-password"), new Secret("the-token"), FlowExamples.Contoso());

    private static string PathOf(string file) => Path.Combine(ArchitectureTests.Root, file);

    private static string Outdented(string code) => string.Concat(code.TrimEnd('\n').Split('\n').Select(line => $"{(line.Length > 8 ? line[8..] : line)}\n"));

    [GeneratedRegex(@"^ +// <(?<name>\w+)>\n(?<code>.*?)^ +// </\k<name>>$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
