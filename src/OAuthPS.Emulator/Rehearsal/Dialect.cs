using System.Text.Json.Nodes;

namespace OAuthPS.Emulator;

/// <summary>How a server speaks and how it refuses. What is left out is as the specifications have it.</summary>
internal sealed record Dialect
{
    /// <summary>A token response (RFC 6749 section 5.1).</summary>
    public ResponseTemplate Token { get; init; } = new()
    {
        Body = new JsonObject
        {
            ["access_token"] = "{access_token}",
            ["token_type"] = "Bearer",
            ["expires_in"] = "{expires_in}",
            ["refresh_token"] = "{refresh_token}",
            ["scope"] = "{scope}",
        },
    };

    /// <summary>A refusal (RFC 6749 section 5.2).</summary>
    public ResponseTemplate Refusal { get; init; } = new()
    {
        Body = new JsonObject { ["error"] = "{error}", ["error_description"] = "{error_description}" },
    };

    /// <summary>Refusals that are unlike the others, by the error that they are for.</summary>
    public IReadOnlyDictionary<string, ResponseTemplate> Refusals { get; init; } = new Dictionary<string, ResponseTemplate>();

    /// <summary>A device authorization response (RFC 8628 section 3.2).</summary>
    public ResponseTemplate DeviceAuthorization { get; init; } = new()
    {
        Body = new JsonObject
        {
            ["device_code"] = "{device_code}",
            ["user_code"] = "{user_code}",
            ["verification_uri"] = "{verification_uri}",
            ["expires_in"] = "{expires_in}",
            ["interval"] = "{interval}",
        },
    };

    /// <summary>The server's own names of grant types, with the specification's name of each.</summary>
    public IReadOnlyDictionary<string, string> GrantTypes { get; init; } = new Dictionary<string, string>();

    /// <summary>How a sign-in on another device goes.</summary>
    public DeviceManner Device { get; init; } = new();

    /// <summary>How long things live.</summary>
    public Lifetimes Lifetimes { get; init; } = new();

    /// <summary>What the API answers to a <c>GET</c> with a good token, by path.</summary>
    public IReadOnlyDictionary<string, ResponseTemplate> Api { get; init; } = new Dictionary<string, ResponseTemplate>();

    /// <summary>The scheme with which the API takes a token.</summary>
    public string ApiScheme { get; init; } = "Bearer";

    /// <summary>The response that refuses.</summary>
    public Answer Refuse(OAuthRefusal refusal)
    {
        var answer = (Refusals.GetValueOrDefault(refusal.Error) ?? Refusal).Fill(
            refusal.Status,
            new Dictionary<string, JsonValue>
            {
                [Placeholders.Error] = JsonValue.Create(refusal.Error),
                [Placeholders.ErrorDescription] = JsonValue.Create(refusal.Description),
            });
        return answer.WithDefault("Cache-Control", "no-store");
    }

    /// <summary>What makes it unusable, in words; null when nothing does.</summary>
    public string? Problem()
        => In("token", Token, Placeholders.OfToken)
            ?? (Placeholders.In(Token.Body).Contains(Placeholders.AccessToken) ? null : "token: its body has no {access_token}.")
            ?? In("refusal", Refusal, Placeholders.OfRefusal)
            ?? (Refusals.Keys.FirstOrDefault(error => !OAuthRefusal.Known.Contains(error)) is { } unknown
                ? $"refusals: '{unknown}' is no error of the emulator, which has {string.Join(", ", OAuthRefusal.Known)}."
                : null)
            ?? In("refusals", Refusals, Placeholders.OfRefusal)
            ?? In("deviceAuthorization", DeviceAuthorization, Placeholders.OfDeviceAuthorization)
            ?? In("api", Api, [])
            ?? (HeaderText.IsName(ApiScheme) ? null : "apiScheme: it is no scheme.")
            ?? (GrantTypes.Values.FirstOrDefault(grantType => !RehearsedTokenEndpoint.GrantTypes.Contains(grantType)) is { } other
                ? $"grantTypes: '{other}' is none of {string.Join(", ", RehearsedTokenEndpoint.GrantTypes)}."
                : null)
            ?? Device.Problem()
            ?? Lifetimes.Problem();

    private static string? In(string where, IReadOnlyDictionary<string, ResponseTemplate> templates, IReadOnlyList<string> known)
        => templates.Select(item => In($"{where}.{item.Key}", item.Value, known)).FirstOrDefault(problem => problem is not null);

    private static string? In(string where, ResponseTemplate? template, IReadOnlyList<string> known)
        => (template is null ? "it is null." : template.Problem(known)) is { } problem ? $"{where}: {problem}" : null;
}
