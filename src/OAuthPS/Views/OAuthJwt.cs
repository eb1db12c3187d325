using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Views;

/// <summary>A JWT as the cmdlets show it: header and claims, and never the signature.</summary>
public sealed class OAuthJwt
{
    private static readonly string[] _times = ["exp", "iat", "nbf", "auth_time"];

    internal OAuthJwt(JsonWebToken token)
    {
        Header = JsonBag.From(token.Header);
        Claims = JsonBag.From(token.Claims, name => _times.Contains(name) ? token.Time(name) : null);
        IsVerified = token.VerifiedBy is not null;
        VerifiedBy = Shown(token.VerifiedBy);
        Algorithm = Shown(token.Algorithm);
        KeyId = Shown(token.KeyId);
        Issuer = Shown(token.Issuer);
        Subject = Shown(token.Subject);
        Audience = [.. token.Audience.Select(TerminalText.Escape)];
        IssuedAt = token.Time("iat");
        NotBefore = token.Time("nbf");
        ExpiresAt = token.Time("exp");
        AuthenticatedAt = token.Time("auth_time");
    }

    /// <summary>The header, with a property for each member.</summary>
    public object Header { get; }

    /// <summary>The claims, with a property for each; <c>exp</c>, <c>iat</c>, <c>nbf</c> and <c>auth_time</c> are dates.</summary>
    public object Claims { get; }

    /// <summary>Whether the signature was verified. One that was not may be anybody's.</summary>
    public bool IsVerified { get; }

    /// <summary>What it was verified with; null where it was not.</summary>
    public string? VerifiedBy { get; }

    /// <summary><c>alg</c> of the header.</summary>
    public string? Algorithm { get; }

    /// <summary><c>kid</c> of the header.</summary>
    public string? KeyId { get; }

    /// <summary>Who issued it (<c>iss</c>).</summary>
    public string? Issuer { get; }

    /// <summary>Whom it is about (<c>sub</c>).</summary>
    public string? Subject { get; }

    /// <summary>Whom it is for (<c>aud</c>).</summary>
    public string[] Audience { get; }

    /// <summary>When it was issued (<c>iat</c>), UTC.</summary>
    public DateTimeOffset? IssuedAt { get; }

    /// <summary>From when on it is valid (<c>nbf</c>), UTC.</summary>
    public DateTimeOffset? NotBefore { get; }

    /// <summary>From when on it is no longer valid (<c>exp</c>), UTC.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>When the person signed in (<c>auth_time</c>), UTC.</summary>
    public DateTimeOffset? AuthenticatedAt { get; }

    /// <summary>Whose it is, and whether that is sure.</summary>
    public override string ToString() => $"JWT of {Issuer ?? "an unnamed issuer"} ({(IsVerified ? "verified" : "not verified")})";

    // Header and claims have each member as it was signed; these are what a terminal is shown.
    private static string? Shown(string? text) => text is null ? null : TerminalText.Escape(text);
}
