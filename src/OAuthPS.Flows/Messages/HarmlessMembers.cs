using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>Which members of a token response, and which parameters of a redirect, are no secret. All others are treated as one.</summary>
internal static class HarmlessMembers
{
    private static readonly HashSet<string> _known = new(StringComparer.Ordinal)
    {
        // Where to call, and whom for: Salesforce, Zoho, Intuit, Shopify, Slack, Notion, Square, Atlassian, HubSpot and the like.
        "instance_url", "id", "api_domain", "accounts-server", "location", "realmId", "realm_id", "shop", "sfdc_community_url",
            "sfdc_community_id",
        "team", "team_id", "team_name", "enterprise", "is_enterprise_install", "app_id", "bot_user_id", "bot_id", "workspace_id",
            "workspace_name",
        "merchant_id", "account_id", "account_name", "hub_id", "user_id", "uid", "open_id", "org_id", "organization_id", "tenant",
            "tenant_id", "cloud_instance_host_name",

        // What sort of token it is and how long it lives.
        "issued_at", "expires_at", "expires_on", "expires", ".expires", ".issued", "ext_expires_in", "not_before", "not-before-policy",
            "id_token_expires_in",
        "refresh_token_expires_in", "x_refresh_token_expires_in", "refresh_expires_in", "refresh_token_expires_at",
            "refresh_token_expires_on", "refresh_token_expires",
        "refresh_expires_at", "issued_token_type", "resource", "scope", "scopes", "session_state", "ok",
    };

    private static readonly string[] _secretNames = [
        "token", "secret", "password", "key", "code", "signature", "credential", "assertion", "cookie"];

    /// <summary>Whether a member may be shown.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="listed">Those that the provider's data say are harmless.</param>
    internal static bool Contains(string name, JsonElement value, IReadOnlyList<string> listed) =>
        listed.Contains(name, StringComparer.Ordinal) || (_known.Contains(name) && HasHarmlessNames(value));

    /// <summary>
    /// The parts of a response's token by which a repetition of it is found. The first half may be an organization's id, which stands
    /// openly elsewhere (Salesforce).
    /// </summary>
    internal static string SoughtPart(string token) => token.Length < 48 ? token : token[(token.Length / 2)..];

    /// <summary>Whether a value holds none of these secrets in any form, and nothing that a terminal obeys.</summary>
    internal static bool IsShowable(string value, IReadOnlyCollection<string> secrets) =>
        TerminalText.IsHarmless(value) && Redaction.Redact(value, secrets) == value;

    private static bool HasHarmlessNames(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member =>
            !_secretNames.Any(part => member.Name.Contains(part, StringComparison.OrdinalIgnoreCase)) && HasHarmlessNames(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(HasHarmlessNames),
        _ => true,
    };
}
