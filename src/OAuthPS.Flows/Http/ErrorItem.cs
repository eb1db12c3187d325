using System.Text.Json;

namespace OAuthPS.Flows.Http;

/// <summary>One of several things that a server finds wrong: where, and what.</summary>
internal static class ErrorItem
{
    private const int MaximumSteps = 10;

    private static readonly string[] _fields = ["field", "path", "param", "parameter", "property", "target", "name"];

    /// <summary>The members that say where.</summary>
    internal static IReadOnlyList<string> Places { get; } = ["loc", "resource", .. _fields];

    /// <param name="place">The item.</param>
    /// <param name="words">Its words; null where it has none.</param>
    /// <param name="codes">Its codes.</param>
    /// <returns>Where and what, such as <c>body.grant_type: field required</c>; null when it says nothing.</returns>
    internal static string? Of(ErrorPlace place, string? words, IEnumerable<string> codes)
    {
        // FastAPI: {"loc":["body","grant_type"],"msg":"field required","type":"…"}. An item may also have "input", which repeats what was
        // sent: it is never read.
        var isOfFastApi = place.Name == "detail";
        var what = words ?? (isOfFastApi ? "not accepted" : codes.FirstOrDefault());
        return what is null ? null : (Where(place) ?? (isOfFastApi ? "request" : null)) is { } where ? $"{where}: {what}" : what;
    }

    /// <summary>
    /// What a map says of its fields: <c>{"errors":{"Scope":["The field is required."]}}</c>, as ASP.NET, Rails and Jira have it.
    /// </summary>
    internal static IEnumerable<string?> OfMap(ErrorPlace place) => place.Name != "errors" || place.IsItem ? []
        : place.Object.EnumerateObject().Take(ErrorPlace.MaximumItems)
            .Select(member => ErrorPlace.TextOf(member.Value) is { } text ? $"{member.Name}: {text}" : null);

    private static string? Where(ErrorPlace place)
    {
        if (place.Member("loc") is { ValueKind: JsonValueKind.Array } steps)
        {
            return string.Join('.', steps.EnumerateArray().Take(MaximumSteps).Select(step => step.ToString()));
        }

        var field = _fields.Select(place.Text).FirstOrDefault(text => text is not null);
        return field is not null && place.Text("resource") is { } resource ? $"{resource}.{field}" : field;
    }
}
