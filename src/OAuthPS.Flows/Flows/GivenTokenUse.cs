using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>
/// A refresh token that a user gave, while a session is opened with it. Until the session holds its successor, the one that the user has
/// is all there is, and it may be dead.
/// </summary>
internal sealed class GivenTokenUse(AuthorizationServer server, Secret given)
{
    /// <summary>The token to send.</summary>
    internal Task<Secret> NewestAsync(CancellationToken cancellationToken) =>
        server.Rotated.NewestOfAsync(server.TokenEndpoint, given, cancellationToken);

    /// <summary>Keeps what the server puts in its place, before anything else of the response is looked at.</summary>
    internal Task KeepAsync(Secret newest)
    {
        server.Rotated.Keep(server.TokenEndpoint, given, newest);
        return Task.CompletedTask;
    }

    /// <summary>The caller gives up; the request goes on, and what it brings is kept.</summary>
    internal void Leave(Task<TokenResponse> request) => server.Rotated.Leave(server.TokenEndpoint, given, request);

    /// <summary>The session stands, and has the newest.</summary>
    internal void End() => server.Rotated.Forget(server.TokenEndpoint, given);
}
