using System.Management.Automation;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
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

    /// <summary>The session meant: the one given, the one the token came from, or the current one; null when there is none.</summary>
    /// <param name="given">The one given.</param>
    private protected OAuthSession? FindSession(OAuthSessionReference? given) =>
        (given ?? Token?.Session) is { } named ? named.Resolve(Sessions) : Sessions.Current;

    /// <summary>The session meant; ends the cmdlet when there is none.</summary>
    private protected OAuthSession RequireSession(OAuthSessionReference? given)
    {
        if (FindSession(given) is { } session)
        {
            return session;
        }

        var failure = ErrorRecords.SessionNotFound(given ?? Token?.Session, [.. Sessions.All.Select(known => known.Name)]);
        ThrowTerminatingError(failure);
        throw failure.Exception;
    }

    /// <summary>The token given, else the session's, renewed when needed.</summary>
    private protected Secret RequireToken(OAuthSessionReference? given) => GivenToken
        ?? Await(
            (log, cancellationToken) => RequireSession(given).GetTokenAsync(log: log, cancellationToken: cancellationToken).AsTask()).Value;
}
