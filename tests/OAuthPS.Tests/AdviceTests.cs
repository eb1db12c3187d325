using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using OAuthPS.Advice;
using OAuthPS.Flows;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Tests;

/// <summary>What the module says to do about what the library tells: in the words of cmdlets that exist.</summary>
public sealed partial class AdviceTests
{
    private static readonly Type[] _cmdlets = [.. typeof(OAuthCmdlet).Assembly.GetTypes().Where(type => type.GetCustomAttribute<CmdletAttribute>() is not null)];

    private static readonly ProviderNames _blynk = new("Blynk", "Blynk");
    private static readonly Uri _endpoint = new("https://api.example.com/token");
    private static readonly IReadOnlyList<OfferedFlow> _offered =
        [new("ClientCredentials", [[OAuthInput.ClientSecret, OAuthInput.ClientKey]]), new("RefreshToken", [[OAuthInput.RefreshToken], [OAuthInput.ClientSecret]])];

    // SecretManagement's, to which the advice on vaults leads.
    private static readonly string[] _ofOthers = ["Test-SecretVault"];

    public static TheoryData<string, string?> Expected => new()
    {
        { "ServiceUrlNeeded", "Give yours with -ServiceUrl, such as 'https://fra1.blynk.cloud'." },
        { "MissingParameter", "Give it with -ClientCredential, or with -ClientId and -ClientKey." },
        { "ParameterNotUsed", "Leave out -RefreshToken, or choose another flow: ClientCredentials (-ClientCredential or -ClientKey); RefreshToken (-RefreshToken and -ClientCredential)." },
        { "InvalidClient", "Check the client id and its secret, key or certificate, that they belong to this -ServiceUrl, and -ClientAuthentication." },
        { "SessionCannotRenew", "Run Connect-OAuthProvider again." },
        { "RedirectToOtherOrigin", "If that is where the provider is now, connect to it with -ServiceUrl." },
        { "ApiOriginNotAllowed", "If that API may have the token, connect again with -ApiUrl 'https://[::1]:8443' (Connect-OAuthProvider)." },
        { "InvalidCredential", "Choose another -ClientAuthentication, or check the id for a copying mistake." },
        { "TokenTypeUnknown", "Connect with -DPoP." },
        { "KeyPasswordNeeded", "Give its password with -ClientKeyPassword or -ClientCertificatePassword." },
        { "SignInTimeout", "Start again, or allow more time with -Timeout; where no browser opens, use -NoBrowser." },
        { "FlowNotSupported", null },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Facts_become_advice_that_names_parameters_and_cmdlets(string id, string? advice)
    {
        OAuthException failure = id switch
        {
            "ServiceUrlNeeded" => Errors.ServiceUrlNeeded(_blynk, "https://fra1.blynk.cloud"),
            "MissingParameter" => Errors.NothingToSignWith(),
            "ParameterNotUsed" => Errors.InputNotUsed(_blynk, null, OAuthInput.RefreshToken, _offered),
            "InvalidClient" => Refused("invalid_client", 401),
            "SessionCannotRenew" => Errors.SessionCannotRenew("s", "AuthorizationCode", null),
            "RedirectToOtherOrigin" => Errors.RedirectToOtherOrigin("token request", _endpoint, "https://elsewhere.example"),
            "ApiOriginNotAllowed" => Errors.ApiOriginNotAllowed("s", new Uri("https://[::1]:8443/x?key=hunter2"), ["https://api.example.com"]),
            "InvalidCredential" => Errors.ColonInBasicName(),
            "TokenTypeUnknown" => Errors.TokenTypeUnknown("the response", "dpop"),
            "KeyPasswordNeeded" => Errors.KeyPasswordNeeded("The key"),
            "SignInTimeout" => Errors.SignInTimedOut(TimeSpan.FromSeconds(300)),
            _ => Errors.FlowNotSupported(_blynk, "DeviceCode", ["ClientCredentials"]),
        };

        Assert.Equal((id, advice), (failure.ErrorId, FailureAdvice.Of(failure)));
    }

    [Theory]
    [InlineData(401, true, "-Session")]
    [InlineData(401, false, null)]
    [InlineData(404, true, "-Session")]
    [InlineData(404, false, "-ServiceUrl")]
    [InlineData(403, true, "-Scope")]
    public void The_refusal_of_an_API_leads_to_another_session_and_that_of_the_server_does_not(int status, bool isApiCall, string? parameter)
    {
        var advice = FailureAdvice.Of(Refused(null, status, isApiCall));

        Assert.Equal(parameter is null, advice is null);
        Assert.Contains(parameter ?? "", advice ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_client", 401, false, true, "Give the secret of -ClientCredential without the line break at its end.")]
    [InlineData("of_its_own", 400, true, false, "Give the client id without the line break at its end.")]
    [InlineData("invalid_client", 401, false, false, "-ClientAuthentication Post")]
    [InlineData(null, 401, false, false, "-ClientAuthentication Post")]
    [InlineData(null, 403, false, false, null)]
    public void A_refused_client_is_advised_on_by_what_may_be_the_cause(string? error, int status, bool idEnds, bool secretEnds, string? parameter)
    {
        var advice = FailureAdvice.Of(Errors.Refused(new Refusal
        {
            Purpose = "token request",
            Endpoint = _endpoint,
            IsApiCall = false,
            Status = status,
            IsEmpty = true,
            Error = error,
            Client = new RefusedClient { IsBasic = true, IdEndsInLineBreak = idEnds, SecretEndsInLineBreak = secretEnds },
        }));

        Assert.Equal(parameter is null, advice is null);
        Assert.Contains(parameter ?? "", advice ?? "", StringComparison.Ordinal);
        AssertNamesExist(advice);
    }

    [Fact]
    public void What_a_wrong_user_is_told_is_not_what_a_used_code_is() =>
        Assert.Equal((true, false), (FailureAdvice.Of(Refused("LOGIN_BAD_CREDENTIALS", 400)) is not null, FailureAdvice.Of(Refused("invalid_grant", 400)) is not null));

    [Fact]
    public void Nothing_given_leads_to_the_credential_that_the_vendors_client_keeps_where_it_keeps_one() => Assert.Equal(
        ("Give the credentials of one of its flows: ClientCredentials (-ClientCredential or -ClientKey); RefreshToken (-RefreshToken and -ClientCredential)."
            + " -UseVendorCredential takes the one that its own client keeps.", false),
        (FailureAdvice.Of(Errors.NothingGiven(_blynk, true, _offered)), FailureAdvice.Of(Errors.NothingGiven(_blynk, false, _offered))!.Contains("Vendor", StringComparison.Ordinal)));

    [Fact]
    public void Every_failure_that_the_library_can_report_is_advised_on_with_names_that_exist()
    {
        var failures = Failures().ToList();

        Assert.True(failures.Count > 100, $"{failures.Count}");
        Assert.All(failures, failure => AssertNamesExist(FailureAdvice.Of(failure)));
    }

    [Fact]
    public void No_advice_is_left_over()
    {
        var made = Failures().Where(failure => FailureAdvice.Of(failure) is not null).Select(failure => failure.Id).ToHashSet();

        Assert.Equal([], FailureAdvice.Ids.Where(id => !made.Contains(id)).Select(id => id.Name));
    }

    [Fact]
    public void Each_input_is_a_parameter_that_exists() =>
        Assert.All(Enum.GetValues<OAuthInput>().Where(InputParameters.Has), input => AssertNamesExist(InputParameters.WithOthers(input)));

    [Fact]
    public void A_notice_is_said_with_the_parameter_that_helps()
    {
        var renewal = Notices.RenewalFailed(Errors.TimedOut("token request", _endpoint, TimeSpan.FromSeconds(30)), DateTimeOffset.UnixEpoch);

        Assert.Equal("The client secret travels in the URL, where proxies and servers log it. Use -ClientAuthentication Basic instead.", NoticeText.Of(Notices.SecretInUrl(_blynk)));
        Assert.EndsWith(" -UseVendorCredential sends it there.", NoticeText.Of(Notices.VendorCredentialNotSought(_blynk)), StringComparison.Ordinal);
        Assert.EndsWith(" within 30 s. Try again, or allow more time with -Timeout.", NoticeText.Of(renewal), StringComparison.Ordinal);
        Assert.Equal("Blynk ignores the scope; it is not sent.", NoticeText.Of(Notices.ScopeNotSent(_blynk)));
    }

    [Fact]
    public void Where_no_browser_opens_the_person_is_told_of_NoBrowser()
    {
        var here = SignInText.Of(SignInInstruction.OpenHere("Blynk", _endpoint));
        var code = SignInInstruction.EnterCode("Blynk", "https://a.example/", "AB-CD", null);

        Assert.Equal("No browser opens here. Open this address in one on this machine to sign in to Blynk, or start again with -NoBrowser for one elsewhere:\n\nhttps://api.example.com/token\n", here);
        AssertNamesExist(here);
        Assert.Equal(code.Message, SignInText.Of(code));
    }

    [Fact]
    public void A_preview_that_metadata_continues_says_how_to_see_it()
    {
        Assert.Equal("GET x; then POST y", PreviewText.Of(new ConnectPreview(["GET x", "POST y"], IsComplete: true)));
        var unknown = PreviewText.Of(new ConnectPreview(["GET x."], IsComplete: false));
        Assert.Equal("GET x. Get-OAuthServerMetadata shows it.", unknown);
        AssertNamesExist(unknown);
    }

    // Each message of the library, made with every input it may be about.
    private static IEnumerable<OAuthException> Failures()
    {
        var methods = typeof(Errors).GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Where(method => method.ReturnType.IsAssignableTo(typeof(OAuthException)) && method.IsAssembly && method.Name != nameof(Errors.Refused));
        foreach (var method in methods)
        {
            foreach (var input in Enum.GetValues<OAuthInput>())
            {
                foreach (var text in new[] { "text", "dpop" })
                    yield return (OAuthException)method.Invoke(null, [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType, input, text))])!;
            }
        }

        foreach (var code in typeof(ErrorCodes).GetFields(BindingFlags.NonPublic | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!))
            yield return Refused(code, 400);

        foreach (var status in new[] { 400, 401, 403, 404, 429, 500 })
        {
            yield return Refused(null, status);
            yield return Refused(null, status, isApiCall: true);
        }
    }

    private static object? Sample(Type type, OAuthInput input, string text) =>
        type == typeof(string) ? text
        : type == typeof(Uri) ? _endpoint
        : type == typeof(ProviderNames) ? new ProviderNames("registered", "Registered")
        : type == typeof(OAuthInput) ? input
        : type == typeof(OAuthInput[]) ? new[] { input }
        : type == typeof(IReadOnlyList<OfferedFlow>) ? _offered
        : type == typeof(Exception) ? new InvalidOperationException()
        : type == typeof(HttpMethod) ? HttpMethod.Get
        : type.IsAssignableFrom(typeof(string[])) ? new[] { "one" }
        : type.IsValueType ? Activator.CreateInstance(type)
        : throw new InvalidOperationException($"No sample of {type}.");

    private static OAuthServerException Refused(string? error, int status, bool isApiCall = false) =>
        Errors.Refused(new Refusal { Purpose = "token request", Endpoint = _endpoint, IsApiCall = isApiCall, Status = status, IsEmpty = true, Error = error });

    private static void AssertNamesExist(string? advice)
    {
        var parameters = _cmdlets.SelectMany(cmdlet => cmdlet.GetProperties()).Where(property => property.IsDefined(typeof(ParameterAttribute)))
            .Select(property => property.Name).Append("Verbose").ToHashSet();
        var names = _cmdlets.Select(NameOf).Concat(_ofOthers).ToHashSet();

        Assert.All(Parameter().Matches(advice ?? ""), parameter => Assert.Contains(parameter.Groups[1].Value, parameters));
        Assert.All(Cmdlet().Matches(advice ?? ""), cmdlet => Assert.Contains(cmdlet.Value, names));
    }

    // As written: the attributes of the reference assembly keep nothing.
    private static string NameOf(Type cmdlet) => string.Join('-', cmdlet.GetCustomAttributesData()
        .Single(attribute => attribute.AttributeType == typeof(CmdletAttribute)).ConstructorArguments.Select(argument => argument.Value));

    [GeneratedRegex(@"(?<![\w-])-([A-Z]\w+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\b[A-Z][a-z]+-(?:OAuth|SpatiaFi|Secret)\w+")]
    private static partial Regex Cmdlet();
}
