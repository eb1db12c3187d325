using System.Management.Automation;
using System.Text;
using OAuthPS.Flows.Api;
using OAuthPS.Values;

namespace OAuthPS.Views;

/// <summary>
/// Bodies of API calls as PowerShell has them. JSON that was received is PowerShell's own cmdlet's work, so that dates, depths and types
/// are what people know.
/// </summary>
internal static class ApiBody
{
    internal static byte[]? ToBytes(object? body, OAuthCmdlet cmdlet, TimeSpan? timeout) =>
        (body is PSObject wrapped ? wrapped.BaseObject : body) switch
    {
        null => null,
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        FileInfo file => ApiCall.ReadBody(file.FullName),
        _ => Json.Of(body, cmdlet, timeout),
    };

    internal static IEnumerable<object> FromResponse(ApiResponse response, CommandInvocationIntrinsics commands)
    {
        if (response.Body.Length == 0)
        {
            return [];
        }

        if (IsJson(response.MediaType))
        {
            response.EnsureJson();

            // A property cannot have an empty name, nor two differ in their case only; a hashtable's keys can.
            return commands.InvokeScript(
                "param($json) try { ConvertFrom-Json -InputObject $json } catch [InvalidOperationException] { ConvertFrom-Json "
                    + "-InputObject $json -AsHashtable }",
                Text(response));
        }

        return IsText(response.MediaType) ? [Text(response)] : [response.Body];
    }

    private static bool IsJson(string? mediaType) => mediaType is not null
        && (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static bool IsText(string? mediaType) => mediaType is null
        || mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("xml", StringComparison.OrdinalIgnoreCase);

    private static string Text(ApiResponse response)
    {
        var encoding = Encoding.UTF8;
        try
        {
            // RFC 8259 section 8.1: JSON is UTF-8; other text says what it is.
            encoding = response.CharacterSet is { } name && !IsJson(response.MediaType) ? Encoding.GetEncoding(name.Trim('"')) : encoding;
        }
        catch (ArgumentException)
        {
            // A character set nobody knows: UTF-8 is the best guess.
        }

        using var reader = new StreamReader(new MemoryStream(response.Body), encoding);
        return reader.ReadToEnd();
    }
}
