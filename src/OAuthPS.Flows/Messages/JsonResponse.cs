using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// Reads a server's JSON object of which this library believes what it says: where to send credentials, where to send a person. A
/// member that is read comes once (RFC 6749 section 3.2), or two readers may take two things from it. What is not read is ignored.
/// </summary>
internal static class JsonResponse
{
    /// <exception cref="OAuthProtocolException">It is no such object, or a member comes twice.</exception>
    internal static T Read<T>(HttpResponse response, OAuthRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(response.Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                RequireOnce(document.RootElement, [.. type.Properties.Select(property => property.Name)], SourceOf(request));
                if (document.RootElement.Deserialize(type) is { } read)
                {
                    return read;
                }
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape such as \ud800 that is half a character. Reported below.
        }

        throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
    }

    /// <param name="json">A JSON object.</param>
    /// <param name="names">The members that are read.</param>
    /// <param name="source">How messages name the document.</param>
    /// <exception cref="OAuthProtocolException">One of them comes twice, or has a member in it that does.</exception>
    internal static void RequireOnce(JsonElement json, IReadOnlyCollection<string> names, string source)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject().Where(member => names.Contains(member.Name)))
        {
            if (!seen.Add(member.Name))
            {
                throw Errors.ResponseMember(source, member.Name, "comes twice");
            }

            if (member.Value.ValueKind == JsonValueKind.Object && JsonShape.Flaw(member.Value) is { } flaw)
            {
                throw Errors.ResponseMember(source, member.Name, flaw);
            }
        }
    }

    /// <summary>How messages name the response to a request.</summary>
    internal static string SourceOf(OAuthRequest request) => $"the response of the {request.Purpose} from {ShownUrl.Of(request.Endpoint)}";
}
