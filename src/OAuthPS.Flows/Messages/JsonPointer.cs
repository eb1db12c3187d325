using System.Globalization;
using System.Text.Json;

namespace OAuthPS.Flows.Messages;

/// <summary>A place in a JSON document (RFC 6901), of a bounded depth.</summary>
internal static class JsonPointer
{
    private const int MaximumDepth = 8;

    /// <summary>Whether a text is one that points below the whole document.</summary>
    internal static bool IsValid(string pointer) => pointer.StartsWith('/') && Steps(pointer) is { Length: <= MaximumDepth } steps
        && steps.All(
            step => step.Length > 0
                && !step.Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal).Contains('~',
                    StringComparison.Ordinal));

    /// <returns>What stands there; null when there is nothing.</returns>
    internal static JsonElement? Find(JsonElement document, string? pointer)
    {
        var found = document;
        foreach (var step in pointer is null ? [] : Steps(pointer))
        {
            var name = Unescape(step);
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var member))
            {
                found = member;
            }
            else if (
                found.ValueKind == JsonValueKind.Array
                    && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < found.GetArrayLength())
            {
                found = found[index];
            }
            else
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>The name of the member of the whole document in which the place is.</summary>
    internal static string FirstStep(string pointer) => Unescape(Steps(pointer)[0]);

    private static string Unescape(string step) =>
        step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static string[] Steps(string pointer) => pointer[1..].Split('/');
}
