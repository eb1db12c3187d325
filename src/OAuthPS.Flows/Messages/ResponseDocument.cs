using System.Text.Json;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Messages;

/// <summary>A response of the protocol as JSON, also where the server has form-encoded it.</summary>
internal static class ResponseDocument
{
    /// <returns>The document, which the caller disposes of; null when the body is neither.</returns>
    internal static JsonDocument? TryParse(HttpResponse response)
    {
        try
        {
            return JsonDocument.Parse(response.Json);
        }
        catch (JsonException)
        {
            return FormBody.ToJson(response.Json) is { } form ? JsonDocument.Parse(form) : null;
        }
    }
}
