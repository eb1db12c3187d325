using System.Globalization;
using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>
/// A batch of items, as Space's SDK reads it: <c>next</c> is the <c>$skip</c> of the batch that follows, and a batch without data is
/// the last.
/// </summary>
internal static class SpaceBatch
{
    private const int DefaultTop = 100;

    /// <summary>The batch that a request asks for, with the fields that it asks for.</summary>
    public static Answer Of(IReadOnlyList<JsonObject> items, RequestParameters query)
    {
        if (Number(query["$skip"], 0) is not { } skip)
        {
            return SpaceError.Validation("$skip must be the value of next.");
        }

        if (Number(query["$top"], DefaultTop) is not { } top)
        {
            return SpaceError.Validation("$top must be a number of items.");
        }

        if (SpaceFields.Parse(query["$fields"]) is not { } fields)
        {
            return SpaceError.Validation("$fields must be a list of fields, such as next,data(id,name).");
        }

        JsonObject[] data = [.. items.Skip(skip).Take(top).Select(item => (JsonObject)item.DeepClone())];
        return Answer.Json(200, fields.Of(new JsonObject
        {
            ["next"] = Math.Min(skip + (long)data.Length, items.Count).ToString(CultureInfo.InvariantCulture),
            ["totalCount"] = items.Count,
            ["data"] = new JsonArray([.. data]),
        }));
    }

    private static int? Number(string? text, int otherwise)
        => text is null ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
