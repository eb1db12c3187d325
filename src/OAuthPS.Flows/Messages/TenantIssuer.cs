using System.Text.Json;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The issuer of a server that serves many tenants at one address, as Microsoft Entra does at <c>common</c> and <c>organizations</c>: its
/// metadata names it with <c>{tenantid}</c> for one step of the path, and each token with the tenant of who signed in (<c>tid</c>). All
/// else must be the same, so this departs from RFC 8414 section 3.3 for that step alone, and for these two names alone: one tenant could
/// else have the responses of another taken for its own (RFC 9207).
/// </summary>
internal static partial class TenantIssuer
{
    private const string Placeholder = "{tenantid}";

    // "https:", nothing and the host come before the path.
    private const int FirstStep = 3;

    /// <summary>Whether metadata with a template may be used for the issuer that was asked: one that stands for all tenants.</summary>
    /// <param name="asked">The issuer that was asked.</param>
    /// <param name="template">The issuer as metadata name it.</param>
    internal static bool IsOfAll(string asked, string? template) => TenantIn(asked, template) is "common" or "organizations";

    /// <summary>Whether an issuer is the template's, with a tenant in its place.</summary>
    /// <param name="issuer">The issuer that a response names.</param>
    /// <param name="template">The issuer as metadata name it.</param>
    internal static bool IsOf(string issuer, string? template) => TenantIn(issuer, template) is { } tenant && Tenant().IsMatch(tenant);

    private static string? TenantIn(string issuer, string? template)
    {
        var (steps, wanted) = (issuer.Split('/'), template?.Split('/') ?? []);
        var place = Array.IndexOf(wanted, Placeholder);
        return place >= FirstStep && steps.Length == wanted.Length
            && Enumerable.Range(0, steps.Length).All(at => at == place || steps[at] == wanted[at])
                ? steps[place]
                : null;
    }

    /// <summary>What is wrong with the issuer that a JWT names (<c>iss</c>); null when nothing is.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="issuer">The issuer, or a template that the claim <c>tid</c> completes.</param>
    internal static string? Flaw(JsonElement claims, string issuer) =>
        !issuer.Contains(Placeholder, StringComparison.Ordinal) ? JwtClaims.IssuerFlaw(claims, issuer)
        : JsonWebSignature.Text(claims, "tid") is { } tenant && Tenant().IsMatch(tenant)
            ? JwtClaims.IssuerFlaw(claims, issuer.Replace(Placeholder, tenant, StringComparison.Ordinal))
        : "names no tenant (tid), which its issuer needs";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.-]{0,252}\z")]
    private static partial Regex Tenant();
}
