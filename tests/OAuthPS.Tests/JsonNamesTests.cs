using System.Text;
using System.Text.Json;
using OAuthPS.Values;

namespace OAuthPS.Tests;

/// <summary>The names of the members of a response, each once.</summary>
public sealed class JsonNamesTests
{
    [Fact]
    public void A_name_is_one_object_however_often_and_in_whatever_way_it_is_written()
    {
        var names = new JsonNames();
        var texts = Enumerable.Range(0, 5000).Select(number => $"name{number}").Append("").Append("größe").ToList();

        var first = texts.Select(text => Read(names, text)).ToList();

        Assert.Equal(texts, first.Select(name => name.Text));
        Assert.Equal(first, texts.Select(text => Read(names, text)));
        Assert.Same(first[^1], Read(names, "gr\\u00f6\\u00dfe"));
        Assert.Same(first[1], Read(names, "n\\u0061me1"));
    }

    [Fact]
    public void Names_that_differ_in_their_case_only_know_the_first_of_them()
    {
        var names = new JsonNames();

        List<JsonName> all = [Read(names, "id"), Read(names, "ID"), Read(names, "Id"), Read(names, "other")];

        Assert.Equal(4, all.Distinct().Count());
        Assert.All(all[..3], name => Assert.Same(all[0], name.First));
        Assert.Same(all[3], all[3].First);
        Assert.Same(all[2], Read(names, "Id"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("psobject", false)]
    [InlineData("PSTypeNames", false)]
    [InlineData("PSObjects", true)]
    [InlineData("Count", true)]
    public void A_property_has_a_name_that_PowerShell_does_not_keep_for_itself(string text, bool isOfProperty) =>
        Assert.Equal(isOfProperty, Read(new JsonNames(), text).IsOfProperty);

    private static JsonName Read(JsonNames names, string written)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"{{\"{written}\":1}}"));
        reader.Read();
        reader.Read();
        return names.Read(ref reader);
    }
}
