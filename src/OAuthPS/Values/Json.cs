using System.Collections;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Http;

namespace OAuthPS.Values;

/// <summary>What a user gives as hashtables or objects, as JSON. What cannot be JSON ends the cmdlet.</summary>
internal static class Json
{
    internal static byte[] Of(object? value, OAuthCmdlet cmdlet, TimeSpan? timeout = null)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cmdlet.StopToken);
        timer.CancelAfter(timeout ?? HttpTransport.DefaultTimeout);
        try
        {
            return JsonOfObject.Write(value, timer.Token).ToArray();
        }
        catch (NotJsonException failure)
        {
            throw cmdlet.Refuse(ErrorRecords.ValueNotJson(failure.Flaw));
        }
        catch (OperationCanceledException) when (!cmdlet.StopToken.IsCancellationRequested)
        {
            throw cmdlet.Refuse(ErrorRecords.ValueNotJson("takes longer to write than -Timeout allows"));
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// An array of objects, each given as a hashtable or an object, or as JSON; JSON that is an array itself is taken for its items.
    /// </summary>
    internal static string Array(IEnumerable<object> items, OAuthCmdlet cmdlet) =>
        $"[{string.Join(',', items.Select(item => ItemOrItems(item, cmdlet)))}]";

    private static string ItemOrItems(object item, OAuthCmdlet cmdlet) =>
        item.Bare() is string json ? Items(json) : Encoding.UTF8.GetString(Of(item, cmdlet));

    /// <summary>Claims of a JWT; dates become seconds since 1970 (RFC 7519 section 2, NumericDate).</summary>
    internal static IReadOnlyDictionary<string, JsonElement> Claims(IDictionary? dictionary, OAuthCmdlet cmdlet)
    {
        var result = new Dictionary<string, JsonElement>();
        foreach (DictionaryEntry claim in dictionary ?? new Hashtable())
        {
            var value = claim.Value.Bare() switch
            {
                DateTimeOffset moment => moment.ToUnixTimeSeconds(),
                DateTime moment => new DateTimeOffset(moment).ToUnixTimeSeconds(),
                var other => other,
            };
            using var document = JsonDocument.Parse(Of(value, cmdlet));
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
