using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OAuthPS.Flows.Tests.Emulator;

/// <summary>A response, read in full.</summary>
public sealed partial record Reply(int Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    /// <summary>The status and the body, each secret in it replaced by the word the documents have in its place.</summary>
    public string Shape => $"{Status} {SecretMember().Replace(Body, found => $"\"{found.Groups[1].Value}\":\"{Placeholder(found.Groups[1].Value)}\"")}";

    public string Location => Headers.Location?.OriginalString ?? "";

    /// <summary>A member of the JSON object in the body.</summary>
    public string this[string member]
    {
        get
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.GetProperty(member).ToString();
        }
    }

    public static async Task<Reply> OfAsync(HttpResponseMessage response)
        => new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);

    /// <summary>A parameter of the query or the fragment of <see cref="Location"/>, decoded.</summary>
    public string? LocationParameter(string name)
    {
        var found = Regex.Match(Location, $"[?#&]{Regex.Escape(name)}=([^&]*)");
        return found.Success ? Uri.UnescapeDataString(found.Groups[1].Value) : null;
    }

    private static string Placeholder(string member) => member switch
    {
        "access_token" => "accessToken",
        "refresh_token" => "refreshToken",
        _ => "string",
    };

    [GeneratedRegex("\"(access_token|refresh_token|client_secret)\":\"[^\"]{12,}\"")]
    private static partial Regex SecretMember();
}
