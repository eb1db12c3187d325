using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The new refresh token of a response, read by itself: from when the server has issued one, the old one may be dead (RFC 9700
/// section 4.14.2), whatever else of the response is refused.
/// </summary>
internal static class RotatedRefreshToken
{
    /// <returns>The token; null where the response has none that could be sent.</returns>
    internal static Secret? In(HttpResponse response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? In(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The last of several, as the response itself is read.
    private static Secret? In(JsonElement response)
    {
        Secret? found = null;
        foreach (var member in response.EnumerateObject())
        {
            if (IsRefreshToken(member) && WireFormat.Text(member.Value) is { Length: > 0 } token && VisibleAscii.Is(token))
            {
                found = new Secret(token);
            }
        }

        return found;
    }

    private static bool IsRefreshToken(JsonProperty member)
    {
        try
        {
            return member.NameEquals(ParameterNames.RefreshToken);
        }
        catch (InvalidOperationException)
        {
            // Half a character in a name.
            return false;
        }
    }
}
