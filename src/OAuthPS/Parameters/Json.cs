using System.Collections;
using System.Management.Automation;
using System.Text.Json;

namespace OAuthPS.Parameters;

/// <summary>What a user gives as hashtables, as JSON: by PowerShell's own cmdlet, so that dates and types are what people know.</summary>
internal static class Json
{
    internal static string Of(object? value, CommandInvocationIntrinsics commands) =>
        (string)commands.InvokeScript("param($value) ConvertTo-Json -InputObject $value -Depth 32 -Compress", value)[0].BaseObject;

    /// <summary>An array of objects, each given as a hashtable or an object, or as JSON; JSON that is an array itself is taken for its items.</summary>
    internal static string Array(IEnumerable<object> items, CommandInvocationIntrinsics commands) =>
        $"[{string.Join(',', items.Select(item => (item is PSObject wrapped ? wrapped.BaseObject : item) is string json ? Items(json) : Of(item, commands)))}]";

    /// <summary>Claims of a JWT; dates become seconds since 1970 (RFC 7519 section 2, NumericDate).</summary>
    internal static IReadOnlyDictionary<string, JsonElement> Claims(IDictionary? dictionary, CommandInvocationIntrinsics commands)
    {
        var result = new Dictionary<string, JsonElement>();
        foreach (DictionaryEntry claim in dictionary ?? new Hashtable())
        {
            var value = (claim.Value is PSObject wrapped ? wrapped.BaseObject : claim.Value) switch
            {
                DateTimeOffset moment => moment.ToUnixTimeSeconds(),
                DateTime moment => new DateTimeOffset(moment).ToUnixTimeSeconds(),
                var other => other,
            };
            using var document = JsonDocument.Parse(Of(value, commands));
            result[claim.Key.ToString()!] = document.RootElement.Clone();
        }

        return result;
    }

    private static string Items(string json)
    {
        var text = json.Trim();
        return text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
    }
}
