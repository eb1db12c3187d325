using System.Text.Json;

namespace OAuthPS.Emulator;

/// <summary>
/// The body of <c>POST /api/v1/clients/</c>: empty or an object, whose <c>owner_id</c> "should be left blank. It will be automatically
/// set to the current user's id." What is wrong with it is said as FastAPI 0.92 says it.
/// </summary>
internal static class NewClientBody
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public static Answer? Refuse(HttpContext context, string? user)
    {
        var body = ReceivedBody.Of(context);
        if (body.IsEmpty)
        {
            return null;
        }

        // Without a content type FastAPI takes a body for JSON.
        if (MediaType.Of(context.Request.ContentType) is not ("" or MediaType.Json))
        {
            return NoObject();
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.Object => document.RootElement.TryGetProperty("owner_id", out var owner) ? RefuseOwner(owner, user) : null,
                _ => NoObject(),
            };
        }
        catch (JsonException malformed)
        {
            return SpatiaFiError.NotJson(body.Span, malformed);
        }
    }

    private static Answer NoObject() => SpatiaFiError.Invalid("value is not a valid dict", "type_error.dict", "body");

    private static Answer? RefuseOwner(JsonElement owner, string? user) => owner.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when owner.ValueEquals("") || owner.ValueEquals(user) => null,
        JsonValueKind.String => SpatiaFiError.Invalid("owner_id should be left blank", "value_error", "body", "owner_id"),
        _ => SpatiaFiError.Invalid("str type expected", "type_error.str", "body", "owner_id"),
    };
}
