using System.Security;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Sessions;
using OAuthPS.Values;

namespace OAuthPS.Views;

/// <summary>
/// A token as the cmdlets give it: <c>Invoke-RestMethod -Authentication Bearer -Token</c> takes its <see cref="AccessToken"/> as it is.
/// </summary>
public sealed class OAuthToken
{
    internal OAuthToken(AccessToken token, OAuthSession session)
    {
        AccessToken = token.Value.ToSecureString();
        TokenType = token.TokenType;
        ExpiresAt = token.ExpiresAt;
        Scope = token.Scope ?? session.Scope;
        AuthorizationDetails = token.AuthorizationDetails;
        IdToken = session.IdToken?.ToSecureString();
        Session = session.Name;
    }

    /// <summary>The token.</summary>
    public SecureString AccessToken { get; }

    /// <summary>How it is used: <c>Bearer</c>, or <c>DPoP</c> (RFC 9449), with which each call needs a proof besides.</summary>
    public string TokenType { get; }

    /// <summary>From when on it is no longer valid, UTC; null when the server did not say.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The scope granted.</summary>
    public string? Scope { get; }

    /// <summary>What was granted in detail, a JSON array (RFC 9396); null when the server did not say.</summary>
    public string? AuthorizationDetails { get; }

    /// <summary>The last ID token of the session; null where the server gave none.</summary>
    public SecureString? IdToken { get; }

    /// <summary>The name of the session it belongs to.</summary>
    public string Session { get; }

    /// <summary>What it is, without what it holds.</summary>
    public override string ToString() => $"{TokenType} token of {Session}";
}
