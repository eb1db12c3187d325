using System.Text.Json;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Jose;

namespace OAuthPS.Flows.Messages;

/// <summary>
/// The issuer of a server that serves many tenants at one address, as Microsoft Entra does at <c>common</c> and <c>organizations</c>: its
/// metadata names it with <c>{tenantid}</c> for one step of the path, and each token with the tenant of who signed in (<c>tid</c>). All
/// else must be the same, so this departs from RFC 8414 section 3.3 for that step alone.
/// </summary>
internal static partial class TenantIssuer
{
    private const string Placeholder = "{tenantid}";

    /// <summary>Whether an issuer is the template's, with a tenant in its place.</summary>
    /// <param name="issuer">The issuer that was asked, or that a response names.</param>
    /// <param name="template">The issuer as metadata name it.</param>
    internal static bool IsOf(string issuer, string? template)
    {
        if (template?.Split('/') is not { } wanted || wanted.Count(step => step == Placeholder) != 1)
        {
            return false;
        }

        var steps = issuer.Split('/');
        return steps.Length == wanted.Length
            && steps.Zip(wanted).All(pair => pair.Second == Placeholder ? Tenant().IsMatch(pair.First) : pair.First == pair.Second);
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
