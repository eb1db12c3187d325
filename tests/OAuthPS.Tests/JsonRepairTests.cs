using System.Text;
using OAuthPS.Values;

namespace OAuthPS.Tests;

/// <summary>What is mended of JSON that is none, and what is not touched.</summary>
public sealed class JsonRepairTests
{
    [Theory]
    [InlineData("{\"a\":\"of\ttwo\nlines\"}", "{\"a\":\"of\\u0009two\\u000alines\"}")]
    [InlineData("[NaN, Infinity,-Infinity]", "[-0e9999, 1e9999,-1e9999]")]
    [InlineData("{\"NaN\":\"Infinity \\\" NaN\",\"b\":NaN}", "{\"NaN\":\"Infinity \\\" NaN\",\"b\":-0e9999}")]
    [InlineData("\"\\\\\"NaN", "\"\\\\\"-0e9999")]
    [InlineData("\"cut\t", "\"cut\\u0009")]
    public void Control_characters_in_a_text_and_numbers_that_are_none_are_mended(string json, string mended) =>
        Assert.Equal(mended, Encoding.UTF8.GetString(JsonRepair.TryMend(Encoding.UTF8.GetBytes(json))!));

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":\n\t1}")]
    [InlineData("{'a':undefined}")]
    [InlineData("\"cut\\")]
    [InlineData("[N, Inf]")]
    public void Anything_else_is_not(string json) => Assert.Null(JsonRepair.TryMend(Encoding.UTF8.GetBytes(json)));
}
