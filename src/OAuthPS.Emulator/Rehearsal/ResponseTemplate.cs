using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>A response as its documentation shows it, with places for what differs from one to the next.</summary>
internal sealed record ResponseTemplate
{
    /// <summary>The status; the specification's own when null.</summary>
    public int? Status { get; init; }

    /// <summary>The content type; JSON for an object or a list, and plain text for a text, when null.</summary>
    public string? ContentType { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>A JSON value, or a text that is sent as it is; an empty body when null.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>What makes it unusable, in words; null when nothing does.</summary>
    /// <param name="known">The places that are filled here.</param>
    public string? Problem(IReadOnlyList<string> known)
    {
        if (Status is < 200 or > 599)
        {
            return "status must be from 200 to 599.";
        }

        if (ContentType is not null && !HeaderText.IsValue(ContentType))
        {
            return "contentType cannot be sent.";
        }

        if (HeaderText.FirstBad(Headers) is { } bad)
        {
            return $"the header '{bad}' cannot be sent.";
        }

        if (Headers?.Keys.FirstOrDefault(IsOfBody) is { } ofBody)
        {
            return $"the header '{ofBody}' is made by the emulator; contentType states the type.";
        }

        var places = known.Count == 0 ? "none" : string.Join(", ", known.Select(name => $"{{{name}}}"));
        return Placeholders.In(Body).FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? $"there is no place {{{unknown}}} here, but {places}."
            : null;
    }

    /// <summary>The response.</summary>
    /// <param name="status">The status where the template states none.</param>
    /// <param name="values">What is put in the places.</param>
    public Answer Fill(int status, IReadOnlyDictionary<string, JsonValue> values)
    {
        var answer = (Body as JsonValue)?.TryGetValue<string>(out var text) == true ? Text(Status ?? status, text, values)
            : Body is null ? Answer.Text(Status ?? status, ContentType ?? "", "")
            : Answer.Json(Status ?? status, Placeholders.Fill(Body, values), ContentType);
        foreach (var (name, value) in Headers ?? new Dictionary<string, string>())
        {
            answer.With(name, value);
        }

        return answer;
    }

    private static bool IsOfBody(string header)
        => header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
            || header.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);

    private Answer Text(int status, string text, IReadOnlyDictionary<string, JsonValue> values)
    {
        Func<string, string> encode = MediaType.Of(ContentType) == MediaType.Form ? Uri.EscapeDataString : value => value;
        return Answer.Text(status, ContentType ?? "text/plain", Placeholders.Fill(text, values, encode));
    }
}
