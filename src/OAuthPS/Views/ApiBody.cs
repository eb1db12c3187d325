using OAuthPS.Flows;
using OAuthPS.Flows.Api;
using OAuthPS.Values;

namespace OAuthPS.Views;

/// <summary>
/// Bodies of API calls as PowerShell has them: the objects, types and dates that people know from ConvertFrom-Json and Invoke-RestMethod.
/// </summary>
internal static class ApiBody
{
    /// <summary>
    /// What goes down the pipeline: the items of a JSON list, the JSON texts in a row, the items of a feed, or the one object, document,
    /// text or array of bytes that the body is.
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="datesAreText">Whether a text in JSON that is a date stays a text.</param>
    /// <exception cref="OAuthProtocolException">The body says that it is JSON, and is not.</exception>
    internal static IReadOnlyList<object?> FromResponse(ApiResponse response, bool datesAreText = false)
    {
        if (response.Body.Length == 0)
        {
            return [];
        }

        if (response.TryReadJson(json => ObjectOfJson.ReadAll(json, datesAreText), out var texts))
        {
            return texts is [object?[] items] && !response.IsJsonLines ? items : texts;
        }

        return response.ReadText() is not { } text ? [response.Body]
            : response.IsXml && XmlOfText.TryRead(text) is { } nodes ? nodes
            : [text];
    }
}
