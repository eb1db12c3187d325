using System.Text;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.SignIn;
using OAuthPS.Flows.Vendors.SpatiaFi;

namespace OAuthPS.Flows.Tests.Sessions;

/// <summary>The credential that the vendor's own client keeps: where it is found, when it is used, and what is said of it.</summary>
public sealed class VendorCredentialTests : IDisposable
{
    private const string InFile = """{"user_id":"u","client_id":"file-id","client_secret":"f1le-s3cr3t"}""";

    private static readonly ConnectRequest _nothing = new() { Provider = BuiltInProviders.Get("SpatiaFi"), VendorCredential = VendorCredentialUse.WhenNothingElse };
    private static readonly ConnectRequest _required = _nothing with { VendorCredential = VendorCredentialUse.Required };

    private readonly Dictionary<string, string?> _environment = [];
    private readonly string _configuration = Directory.CreateTempSubdirectory("oauthps-").FullName;
    private readonly RecordingLog _log = new();

    private string FilePath => Path.Combine(_configuration, "spatiafi", "app_credentials.json");

    public void Dispose() => Directory.Delete(_configuration, recursive: true);

    [Fact]
    public void The_environment_is_looked_at_first()
    {
        GivenVariables("env-id", "3nv-s3cr3t");
        GivenFile(InFile);

        Assert.Equal(("env-id", "3nv-s3cr3t"), Found(_nothing));
        Assert.Equal("Using the client credential of the environment variables SPATIAFI_CLIENT_ID and SPATIAFI_CLIENT_SECRET.", _log.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Else_the_file_in_the_configuration_folder_is_read(string? variable)
    {
        GivenVariables(variable, variable);
        GivenFile(InFile);

        Assert.Equal(("file-id", "f1le-s3cr3t"), Found(_nothing));
        Assert.Equal($"Using the client credential of the file {FilePath}.", _log.Text);
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_and_unknown_members_is_read()
    {
        GivenFile("\ufeff" + """{"client_id":"file-id","client_secret":"f1le-s3cr3t","created":[1]}""");

        Assert.Equal(("file-id", "f1le-s3cr3t"), Found(_required));
    }

    [Fact]
    public void Whatever_else_was_given_goes_before_it()
    {
        GivenVariables("env-id", "3nv-s3cr3t");
        ConnectRequest[] requests =
        [
            _nothing with { Client = Given.Client }, _required with { Client = Given.Client }, _nothing with { Inputs = [Given.User] },
            _nothing with { Inputs = [new GivenRefreshToken(new Secret("r"))] }, _nothing with { Flow = OAuthFlow.Password }, _nothing with { Flow = OAuthFlow.Basic },
            _nothing with { SignIn = new SignInOptions { NoBrowser = true } }, _nothing with { VendorCredential = VendorCredentialUse.Never },
        ];

        Assert.All(requests, request => Assert.Same(request, Complete(request)));
        Assert.Equal(("env-id", "3nv-s3cr3t"), Found(_nothing with { Flow = OAuthFlow.ClientCredentials }));
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("https://auth.spatiafi.com.elsewhere.example")]
    [InlineData("https://auth.spatiafi.com:8443")]
    [InlineData("http://auth.spatiafi.com")]
    [InlineData("https://spatiafi.com")]
    [InlineData("http://127.0.0.1:8400/spatiafi")]
    public void At_another_address_than_the_providers_own_it_is_used_only_when_asked_for(string url)
    {
        GivenVariables("env-id", "3nv-s3cr3t");
        GivenFile(InFile);
        var elsewhere = _nothing with { ServiceUrl = new Uri(url) };

        Assert.Null(Complete(elsewhere).Client);
        Assert.Equal(OAuthNoticeId.VendorCredentialNotSought, Assert.Single(_log.VerboseNotices).Id);
        NoSecret.In(_log, "env-id", "file-id");
        Assert.Equal(("env-id", "3nv-s3cr3t"), Found(elsewhere with { VendorCredential = VendorCredentialUse.Required }));
    }

    [Theory]
    [InlineData("https://auth.spatiafi.com")]
    [InlineData("https://AUTH.spatiafi.com:443/")]
    public void The_providers_own_address_may_be_given(string url)
    {
        GivenVariables("env-id", "3nv-s3cr3t");

        Assert.Equal(("env-id", "3nv-s3cr3t"), Found(_nothing with { ServiceUrl = new Uri(url) }));
    }

    [Fact]
    public void It_is_looked_for_only_where_the_caller_says_so()
    {
        GivenVariables("env-id", "3nv-s3cr3t");
        var silent = new ConnectRequest { Provider = _nothing.Provider };

        Assert.Same(silent, Complete(silent));
    }

    [Fact]
    public void Where_there_is_none_the_places_are_named()
    {
        Assert.Null(Complete(_nothing).Client);
        Assert.Contains(FilePath, _log.Text, StringComparison.Ordinal);

        var error = Assert.Throws<OAuthUsageException>(() => Complete(_required));
        Assert.Equal(("VendorCredentialNotFound", OAuthErrorKind.NotFound), (error.ErrorId, error.Kind));
        Assert.Contains($"SPATIAFI_CLIENT_ID and SPATIAFI_CLIENT_SECRET, nor in {FilePath}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("env-id", null, "SPATIAFI_CLIENT_ID is set, and SPATIAFI_CLIENT_SECRET is not")]
    [InlineData("", "3nv-s3cr3t", "SPATIAFI_CLIENT_SECRET is set, and SPATIAFI_CLIENT_ID is not")]
    public void Half_a_credential_is_not_passed_over(string? id, string? secret, string words)
    {
        GivenVariables(id, secret);
        GivenFile(InFile);

        var error = Assert.Throws<OAuthUsageException>(() => Complete(_nothing));
        Assert.Equal("VendorCredentialInvalid", error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        NoSecret.In(error, "3nv-s3cr3t", "f1le-s3cr3t");
    }

    [Theory]
    [InlineData("", "is not a JSON object")]
    [InlineData("null", "is not a JSON object")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("""{"client_id":"file-id","client_secret":"f1le-s3cr3t""", "is not a JSON object")]
    [InlineData("""{"client_id":1,"client_secret":"f1le-s3cr3t"}""", "is not a JSON object")]
    [InlineData("""{"client_id":"\ud800","client_secret":"f1le-s3cr3t"}""", "is not a JSON object")]
    [InlineData("""{"client_secret":"f1le-s3cr3t"}""", "has no 'client_id'")]
    [InlineData("""{"client_id":"file-id","client_secret":""}""", "has no 'client_secret'")]
    public void A_damaged_file_is_named_with_its_flaw_and_not_repeated(string text, string flaw)
    {
        GivenFile(text);

        var error = Assert.Throws<OAuthUsageException>(() => Complete(_nothing));
        Assert.Equal("VendorCredentialInvalid", error.ErrorId);
        Assert.Contains($"{FilePath} {flaw}", error.Message, StringComparison.Ordinal);
        NoSecret.In(error, "f1le-s3cr3t");
        NoSecret.In(_log, "f1le-s3cr3t");
    }

    [Fact]
    public void A_file_far_larger_than_a_credential_is_not_read()
    {
        GivenFile(new string(' ', 70_000) + InFile);

        Assert.Equal("VendorCredentialInvalid", Assert.Throws<OAuthUsageException>(() => Complete(_nothing)).ErrorId);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        Directory.CreateDirectory(FilePath);

        var error = Assert.Throws<OAuthConnectionException>(() => Complete(_nothing));
        Assert.Equal("VendorCredentialAccess", error.ErrorId);
        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provider_without_such_a_place_says_so_when_asked()
    {
        var blynk = Given.Blynk with { Client = null, VendorCredential = VendorCredentialUse.Required };

        Assert.Equal("VendorCredentialNotSupported", Assert.Throws<OAuthUsageException>(() => Complete(blynk)).ErrorId);
        Assert.Null(Complete(blynk with { VendorCredential = VendorCredentialUse.WhenNothingElse }).Client);
    }

    [Theory]
    [InlineData("vendorCredential")]
    [InlineData("VendorCredential")]
    public void A_provider_file_cannot_have_a_file_or_a_variable_read(string member)
    {
        var json = $$$"""
            {"name":"mine","serviceUrl":"https://mine.example","tokenEndpoint":"/token","flows":["ClientCredentials"],"clientAuthentications":["Basic"],
             "{{{member}}}":{"clientIdVariable":"HOME","clientSecretVariable":"PATH","folder":"../.ssh","fileName":"id_rsa"}}
            """;

        var provider = ProviderFile.Parse(Encoding.UTF8.GetBytes(json), out _);
        Assert.Null(provider?.VendorCredential);
        Assert.DoesNotContain("vendorCredential", Encoding.UTF8.GetString(ProviderFile.ToJson(_nothing.Provider)), StringComparison.OrdinalIgnoreCase);
    }

    private void GivenVariables(string? id, string? secret) => (_environment["SPATIAFI_CLIENT_ID"], _environment["SPATIAFI_CLIENT_SECRET"]) = (id, secret);

    private void GivenFile(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, text);
    }

    private ConnectRequest Complete(ConnectRequest request) => new VendorCredentials(name => _environment.GetValueOrDefault(name), () => _configuration).Complete(request, _log);

    private (string Id, string? Secret) Found(ConnectRequest request)
    {
        var client = Complete(request).Client!;
        NoSecret.In(_log, client.ClientSecret!.Reveal());
        return (client.Id, client.ClientSecret.Reveal());
    }
}
