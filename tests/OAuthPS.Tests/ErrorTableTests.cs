using System.Reflection;
using System.Text.RegularExpressions;
using OAuthPS.Flows;

namespace OAuthPS.Tests;

/// <summary>docs/errors.md against the code. An id can only be one of <see cref="OAuthErrorId"/>, so none is missed.</summary>
public sealed partial class ErrorTableTests
{
    private static readonly IReadOnlyList<OAuthErrorId> _known = [.. typeof(OAuthErrorId)
        .GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (OAuthErrorId)property.GetValue(null)!)];

    private static readonly IReadOnlyList<Match> _rows = [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"))).Cast<Match>()];

    [Fact]
    public void The_table_has_a_line_for_each_id_and_no_other() =>
        Assert.Equal(_known.Select(id => id.Name).Order(StringComparer.Ordinal), _rows.Select(row => row.Groups["id"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_has_the_category_that_PowerShell_shows() =>
        Assert.Equal(
            _known.Select(id => (id.Name, ErrorRecords.CategoryOf(id.Kind).ToString())).Order(),
            _rows.Select(row => (row.Groups["id"].Value, row.Groups["category"].Value)).Order());

    [Fact]
    public void The_table_says_what_each_means_and_what_to_do() =>
        Assert.All(_rows, row =>
        {
            Assert.EndsWith(".", row.Groups["meaning"].Value, StringComparison.Ordinal);
            Assert.EndsWith(".", row.Groups["action"].Value, StringComparison.Ordinal);
        });

    [Fact]
    public void An_id_is_the_name_of_its_property() =>
        Assert.All(typeof(OAuthErrorId).GetProperties(BindingFlags.Public | BindingFlags.Static), property =>
            Assert.Equal(property.Name, ((OAuthErrorId)property.GetValue(null)!).Name));

    [Fact]
    public void Each_id_is_used_by_a_message()
    {
        var code = string.Concat(Repository.Files("src", "*.cs").Where(file => !Path.GetFileName(file).StartsWith("OAuthErrorId.", StringComparison.Ordinal)).Select(File.ReadAllText));

        Assert.All(_known, id => Assert.Contains($"OAuthErrorId.{id.Name}", code, StringComparison.Ordinal));
    }

    [Fact]
    public void Error_records_are_made_in_one_place() =>
        Assert.Equal(
            ["ErrorRecords.cs"],
            Repository.Files("src/OAuthPS", "*.cs").Where(file => MakesErrorRecord().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName));

    [GeneratedRegex(@"^\| `(?<id>\w+)` \| (?<category>\w+) \| (?<meaning>[^|]*\S) \| (?<action>[^|]*\S) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"new ErrorRecord\(|static ErrorRecord \w+\(|ErrorRecord \w+ = new\(")]
    private static partial Regex MakesErrorRecord();
}
