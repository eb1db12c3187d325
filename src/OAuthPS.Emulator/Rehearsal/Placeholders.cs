using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OAuthPS.Emulator;

/// <summary>The places in a response that are filled when it is sent, such as <c>{access_token}</c>.</summary>
internal static partial class Placeholders
{
    public const string AccessToken = "access_token";
    public const string ExpiresIn = "expires_in";
    public const string ExpiresAt = "expires_at";
    public const string ExpiresAtDate = "expires_at_date";
    public const string RefreshToken = "refresh_token";
    public const string Scope = "scope";
    public const string Error = "error";
    public const string ErrorDescription = "error_description";
    public const string DeviceCode = "device_code";
    public const string UserCode = "user_code";
    public const string VerificationUri = "verification_uri";
    public const string Interval = "interval";

    public static IReadOnlyList<string> OfToken { get; } = [AccessToken, ExpiresIn, ExpiresAt, ExpiresAtDate, RefreshToken, Scope];

    public static IReadOnlyList<string> OfRefusal { get; } = [Error, ErrorDescription];

    public static IReadOnlyList<string> OfDeviceAuthorization { get; } = [DeviceCode, UserCode, VerificationUri, ExpiresIn, Interval];

    /// <summary>The names of all places in a body.</summary>
    public static IEnumerable<string> In(JsonNode? body) => body switch
    {
        JsonObject members => members.SelectMany(member => In(member.Value)),
        JsonArray items => items.SelectMany(In),
        JsonValue value when value.TryGetValue<string>(out var text) => Place().Matches(text).Select(place => place.Groups["name"].Value),
        _ => [],
    };

    /// <summary>
    /// A body with its places filled. A text that is one place alone becomes the value, a number too; a member of an object whose value is
    /// not there is left out.
    /// </summary>
    public static JsonNode? Fill(JsonNode? body, IReadOnlyDictionary<string, JsonValue> values) => body switch
    {
        JsonObject members => new JsonObject(members
            .Select(member => KeyValuePair.Create(member.Key, (Given: member.Value, Filled: Fill(member.Value, values))))
            .Where(member => member.Value.Given is null || member.Value.Filled is not null)
            .Select(member => KeyValuePair.Create(member.Key, member.Value.Filled))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill(item, values))]),
        JsonValue value when value.TryGetValue<string>(out var text) => FillValue(text, values),
        _ => body?.DeepClone(),
    };

    /// <summary>A text with its places filled; a value that is not there is empty.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, JsonValue> values, Func<string, string> encode)
        => Place().Replace(text, place => encode(values.GetValueOrDefault(place.Groups["name"].Value)?.ToString() ?? ""));

    private static JsonValue? FillValue(string text, IReadOnlyDictionary<string, JsonValue> values)
    {
        if (Place().Match(text) is not { Success: true } place || place.Length != text.Length)
        {
            return JsonValue.Create(Fill(text, values, value => value));
        }

        return values.GetValueOrDefault(place.Groups["name"].Value) is not { } value ? null
            : place.Groups["text"].Success ? JsonValue.Create(value.ToString())
            : (JsonValue)value.DeepClone();
    }

    [GeneratedRegex(@"\{(?<name>[a-z_]+)(?<text>:text)?\}")]
    private static partial Regex Place();
}
