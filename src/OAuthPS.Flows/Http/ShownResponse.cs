using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>A response as verbose output shows it.</summary>
internal static class ShownResponse
{
    // A response of the protocol has two or three. Each of them is looked for.
    private const int MaximumSecrets = 50;

    // Members of a response that are no secret by their specification, where they are one value: what a server nests in one of them the
    // specification does not know. All others are shown by name only.
    private static readonly HashSet<string> _showable = new(StringComparer.Ordinal)
    {
        "token_type", "expires_in", "expires_at", "scope", "error", "error_description", "error_uri", "interval", "user_id", "client_id",
        "detail", "issuer",
    };

    private static readonly string[] _secretNames = ["token", "secret", "password", "device_code"];

    /// <summary>Status, type, size, and the members of a response of the protocol, secrets replaced.</summary>
    internal static string Of(HttpResponse response, OAuthRequest request)
    {
        var head = $"{(int)response.StatusCode} with {WireFormat.Show(response.MediaType)}, {response.Body.Length} bytes";
        if (request.IsApiCall)
        {
            // What an API answers is the caller's to look at, and may be large.
            return head;
        }

        try
        {
            using var document = JsonDocument.Parse(response.Json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                var members = string.Join(", ", document.RootElement.EnumerateObject().Select(member =>
                    $"{WireFormat.Clean(member.Name, [])}={(IsShowable(member) ? member.Value.ToString() : Secret.Mask)}"));
                return members.Length == 0 || SecretsOf(document.RootElement) is not { } secrets
                    ? head
                    : $"{head}: {WireFormat.Clean(members, request.Secrets.Concat(secrets))}";
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or half a character in it: its size and type say enough, and nothing of it can be told from a secret.
        }

        return head;
    }

    private static bool IsShowable(JsonProperty member) =>
        _showable.Contains(member.Name) && member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    /// <summary>What a response gives under the names of secrets, at any depth: it may repeat them under others.</summary>
    /// <returns>They; null where there are more than are looked for, and nothing of the response can be told from a secret.</returns>
    internal static IReadOnlyList<string>? SecretsOf(JsonElement response) =>
        SecretsIn(response).Take(MaximumSecrets + 1).ToList() is { Count: <= MaximumSecrets } secrets ? secrets : null;

    private static IEnumerable<string> SecretsIn(JsonElement response) => response.ValueKind switch
    {
        JsonValueKind.Object => response.EnumerateObject().SelectMany(member =>
            IsSecretName(member.Name) && WireFormat.Text(member.Value) is { } secret ? [secret] : SecretsIn(member.Value)),
        JsonValueKind.Array => response.EnumerateArray().SelectMany(SecretsIn),
        _ => [],
    };

    private static bool IsSecretName(string name) => name != "token_type" && name != "issued_token_type"
        && _secretNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
}
