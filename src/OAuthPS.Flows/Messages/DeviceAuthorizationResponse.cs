using System.Text.Json.Serialization;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>The device authorization response (RFC 8628 section 3.2).</summary>
internal sealed record DeviceAuthorizationResponse(
    Secret DeviceCode, string UserCode, string VerificationUri, string? VerificationUriComplete, TimeSpan ExpiresIn, TimeSpan Interval)
{
    /// <exception cref="OAuthProtocolException">The response is not one.</exception>
    internal static DeviceAuthorizationResponse Read(HttpResponse response, OAuthRequest request)
    {
        var body = JsonResponse.Read(response, request, DeviceAuthorizationJson.Default.DeviceAuthorizationBody);

        var source = JsonResponse.SourceOf(request);
        return new DeviceAuthorizationResponse(
            Secret.FromNullable(body.DeviceCode) ?? throw Errors.ResponseMember(source, "device_code", "is missing"),
            Shown(body.UserCode) ?? throw Errors.ResponseMember(source, "user_code", "is missing"),
            Address(body.VerificationUri, source) ?? throw Errors.ResponseMember(source, "verification_uri", "is missing"),
            Address(body.VerificationUriComplete, source),
            body.ExpiresIn is > 0 and <= 86_400
                ? TimeSpan.FromSeconds(body.ExpiresIn.Value)
                : throw Errors.ResponseMember(source, "expires_in", "is not a number of seconds from now"),
            body.Interval is > 0 and < 3_600 ? TimeSpan.FromSeconds(body.Interval.Value) : TimeSpan.FromSeconds(5));
    }

    private static string? Shown(string? text) => string.IsNullOrWhiteSpace(text) ? null : WireFormat.Clean(text, []);

    // A person is sent there: it must be a web page, and not a program or a script.
    private static string? Address(string? text, string source)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && SecureUrl.IsAllowed(url) && url.UserInfo.Length == 0
            ? url.AbsoluteUri
            : throw Errors.ResponseMember(source, "verification_uri", "is not an HTTPS address");
    }
}

/// <summary>The members as they stand in the JSON.</summary>
internal sealed class DeviceAuthorizationBody
{
    [JsonPropertyName("device_code")]
    public string? DeviceCode { get; init; }

    [JsonPropertyName("user_code")]
    public string? UserCode { get; init; }

    [JsonPropertyName("verification_uri")]
    public string? VerificationUri { get; init; }

    [JsonPropertyName("verification_uri_complete")]
    public string? VerificationUriComplete { get; init; }

    [JsonPropertyName("expires_in")]
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public double? ExpiresIn { get; init; }

    [JsonPropertyName("interval")]
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public double? Interval { get; init; }
}

[JsonSerializable(typeof(DeviceAuthorizationBody))]
internal sealed partial class DeviceAuthorizationJson : JsonSerializerContext;
