using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The new refresh token of a response, read by itself: from when the server has issued one, the old one may be dead (RFC 9700
/// section 4.14.2), whatever else of the response is refused.
/// </summary>
internal static class RotatedRefreshToken
{
    /// <returns>The token; null where the response has none that could be sent.</returns>
    internal static Secret? In(HttpResponse response, TokenResponseFormat? format)
    {
        using var document = ResponseDocument.TryParse(response);
        return document is not null && Place(document.RootElement, format?.Path) is { ValueKind: JsonValueKind.Object } place
            ? In(place, format?.Members.GetValueOrDefault(ParameterNames.RefreshToken) ?? ParameterNames.RefreshToken)
            : null;
    }

    private static JsonElement? Place(JsonElement response, string? path)
    {
        try
        {
            return JsonPointer.Find(response, path);
        }
        catch (InvalidOperationException)
        {
            // Half a character in a name.
            return null;
        }
    }

    // The last of several, as the response itself is read.
    private static Secret? In(JsonElement response, string name)
    {
        Secret? found = null;
        foreach (var member in response.EnumerateObject())
        {
            if (IsNamed(member, name) && WireFormat.Text(member.Value) is { Length: > 0 } token && VisibleAscii.Is(token))
            {
                found = new Secret(token);
            }
        }

        return found;
    }

    private static bool IsNamed(JsonProperty member, string name)
    {
        try
        {
            return member.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            // Half a character in a name.
            return false;
        }
    }
}
