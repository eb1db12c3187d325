using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Registration;

/// <summary>docs/provider-file.md says what the library does.</summary>
public partial class ProviderFileDocumentTests
{
    private static readonly string _document = File.ReadAllText(Path.Combine(Root(), "docs", "provider-file.md"));

    [Fact]
    public void Its_examples_are_provider_files()
    {
        var examples = Example().Matches(_document).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(2, examples.Count);
        Assert.All(examples, example => Assert.Null(Flaw(example)));
    }

    [Fact]
    public void Every_member_is_described_and_no_other()
    {
        var members = typeof(OAuthProvider).GetProperties()
            .Where(property => property.CanWrite && !property.IsDefined(typeof(JsonIgnoreAttribute), inherit: true))
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

        Assert.Equal(members.Order(StringComparer.Ordinal), Row().Matches(_document).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(ClientAuthenticationMethod))]
    [InlineData(typeof(BasicEncoding))]
    [InlineData(typeof(BasicCredential))]
    [InlineData(typeof(ParameterPlacement))]
    [InlineData(typeof(RefreshTokenUse))]
    public void Every_value_is_named(Type enumeration) =>
        Assert.All(Enum.GetNames(enumeration), name => Assert.Contains($"`{name}`", _document, StringComparison.Ordinal));

    [Fact]
    public void Every_flow_of_the_library_is_named() => Assert.All(KnownFlows.All.Where(flow => flow.GetType().Assembly == typeof(KnownFlows).Assembly), flow => Assert.Contains($"`{flow}`", _document, StringComparison.Ordinal));

    private static string? Flaw(string json)
    {
        _ = ProviderFile.Parse(Encoding.UTF8.GetBytes(json), out var flaw);
        return flaw;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OAuthPS.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new DirectoryNotFoundException("There is no OAuthPS.sln above the tests.");
        return folder;
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
