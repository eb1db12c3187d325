using System.Text.Json;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>The device authorization response (RFC 8628 section 3.2), also under the names of its drafts.</summary>
/// <param name="DeviceCode">What the token request carries.</param>
/// <param name="UserCode">What the person enters.</param>
/// <param name="VerificationUri">Where they do.</param>
/// <param name="VerificationUriComplete">The same with the code in it; null where there is none.</param>
/// <param name="ExpiresIn">How long both codes are valid; null when the server did not say.</param>
/// <param name="Interval">How long to wait between two questions.</param>
internal sealed record DeviceAuthorizationResponse(
    Secret DeviceCode, string UserCode, string VerificationUri, string? VerificationUriComplete, TimeSpan? ExpiresIn, TimeSpan Interval)
{
    // Google and Entra's first version: verification_url; Facebook: code.
    private static readonly Dictionary<string, string[]> _names = new(StringComparer.Ordinal)
    {
        ["device_code"] = ["device_code", "code"],
        ["user_code"] = ["user_code"],
        ["verification_uri"] = ["verification_uri", "verification_url"],
        ["verification_uri_complete"] = ["verification_uri_complete", "verification_url_complete"],
        ["expires_in"] = ["expires_in", "expires_at", "expires_on", "expires"],
        ["interval"] = ["interval"],
    };

    // RFC 8628 section 3.2.
    private static readonly TimeSpan _usualInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestInterval = TimeSpan.FromHours(1);

    /// <param name="response">A 2xx response.</param>
    /// <param name="request">What it answers.</param>
    /// <param name="now">The time, for a server that says when the codes end and not how long they live.</param>
    /// <exception cref="OAuthProtocolException">The response is not one.</exception>
    /// <exception cref="OAuthServerException">The response is a refusal, whatever its status.</exception>
    internal static DeviceAuthorizationResponse Read(HttpResponse response, OAuthRequest request, DateTimeOffset now)
    {
        using var document = ResponseDocument.TryParse(response)
            ?? throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
        var json = document.RootElement;
        var source = JsonResponse.SourceOf(request);
        var members = Members(json, source)
            ?? throw Errors.ResponseNotJson(request.Purpose, request.Endpoint, (int)response.StatusCode, response.MediaType);
        var deviceCode = Text(members, "device_code") ?? throw RefusalInSuccess.Find(response, request, json)
            ?? (OAuthException)Errors.ResponseMember(source, "device_code", "is missing");
        var time = ResponseTime.Read(members.GetValueOrDefault("expires_in"), isLifetime: true, now);
        return new DeviceAuthorizationResponse(
            new Secret(deviceCode),
            Text(members, "user_code") is { } userCode && !string.IsNullOrWhiteSpace(userCode)
                ? WireFormat.Clean(userCode, [])
                : throw Errors.ResponseMember(source, "user_code", "is missing"),
            Address(Text(members, "verification_uri"), source) ?? throw Errors.ResponseMember(source, "verification_uri", "is missing"),
            Address(Text(members, "verification_uri_complete"), source),
            (time.Lifetime ?? (time.Moment - (response.Date ?? now))) is { } left && left > TimeSpan.Zero ? left : null,
            ResponseTime.Read(members.GetValueOrDefault("interval"), isLifetime: true, now).Lifetime is { } interval
                && interval > TimeSpan.Zero && interval < _longestInterval ? interval : _usualInterval);
    }

    // By the specification's names, the first that is there of each.
    private static Dictionary<string, JsonElement>? Members(JsonElement json, string source)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            var all = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var member in json.EnumerateObject())
            {
                if (!all.TryAdd(member.Name, member.Value) && _names.Values.Any(names => names.Contains(member.Name)))
                {
                    // A person is sent there: two readers must not take two things from it.
                    throw Errors.ResponseMember(source, member.Name, "comes twice");
                }
            }

            return _names.Where(one => one.Value.Any(all.ContainsKey))
                .ToDictionary(one => one.Key, one => all[one.Value.First(all.ContainsKey)]);
        }
        catch (InvalidOperationException)
        {
            // Half a character in a name.
            return null;
        }
    }

    private static string? Text(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && WireFormat.Text(value) is { Length: > 0 } text ? text : null;

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
