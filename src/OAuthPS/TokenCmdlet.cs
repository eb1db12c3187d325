using System.Management.Automation;
using OAuthPS.Flows.Secrets;
using OAuthPS.Parameters;

namespace OAuthPS;

/// <summary>The base of the cmdlets that look at a token: the one given, else the one of the session.</summary>
public abstract class TokenCmdlet : NetworkCmdlet
{
    /// <summary>
    /// The token: a SecureString, text, what <c>Get-OAuthToken</c> gives, or a session for its own; the current session's when left out.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [TokenSourceTransformation]
    public TokenSource? Token { get; set; }

    /// <summary>The token that was given, without what copying adds; null for a session's own.</summary>
    private protected Secret? GivenToken => Token?.Value is { } pasted ? PastedToken.Clean(pasted) : null;

    /// <summary>The session that the token came from; null for the current one.</summary>
    private protected OAuthSessionReference? OfToken => Token?.Session;

    /// <summary>The token given, else the session's, renewed when needed.</summary>
    private protected Secret RequireToken() => GivenToken
        ?? Await(
            (log, cancellationToken) =>
                RequireSession(OfToken).GetTokenAsync(log: log, cancellationToken: cancellationToken).AsTask()).Value;
}
