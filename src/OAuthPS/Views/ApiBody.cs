using System.Management.Automation;
using OAuthPS.Flows.Api;

namespace OAuthPS.Views;

/// <summary>
/// Bodies of API calls as PowerShell has them. JSON that was received is PowerShell's own cmdlet's work, so that dates, depths and types
/// are what people know.
/// </summary>
internal static class ApiBody
{
    internal static IEnumerable<object> FromResponse(ApiResponse response, CommandInvocationIntrinsics commands)
    {
        if (response.Body.Length == 0)
        {
            return [];
        }

        if (response.ReadText() is not { } text)
        {
            return [response.Body];
        }

        // A property cannot have an empty name, nor two differ in their case only; a hashtable's keys can.
        return response.IsJson()
            ? commands.InvokeScript(
                "param($json) try { ConvertFrom-Json -InputObject $json } catch [InvalidOperationException] { ConvertFrom-Json "
                    + "-InputObject $json -AsHashtable }",
                text)
            : [text];
    }
}
