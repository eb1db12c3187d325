using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>The scope of a response: a text, or a list of them where a server writes it so.</summary>
internal static class GrantedScope
{
    // A scope is text for people, and whole: one that is no text, or empty, is as good as not there. The one that was asked for is
    // the user's own words, and no secret is looked for in it.
    internal static string? Of(JsonElement said, OAuthRequest? request, IReadOnlyCollection<string> secrets)
    {
        if (Text(said) is not { } scope)
        {
            return null;
        }

        var sought = scope == request?.Parameters.Value(ParameterNames.Scope) ? [] : secrets;
        return WireFormat.Clean(scope, sought, int.MaxValue) is { Length: > 0 } text ? text : null;
    }

    private static string? Text(JsonElement said) => said.ValueKind == JsonValueKind.Array
        ? string.Join(' ', said.EnumerateArray().Select(WireFormat.Text).Where(item => !string.IsNullOrWhiteSpace(item)))
        : WireFormat.Text(said);
}
