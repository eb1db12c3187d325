using System.Net.Sockets;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows;

/// <content>Messages about sessions, and the person who signs in.</content>
internal static partial class Errors
{
    internal static OAuthUsageException SessionHasNoToken(string session) => new(
        OAuthErrorId.SessionHasNoToken,
        $"The session '{session}' uses HTTP Basic on every call and has no token.",
        "Use Invoke-OAuthRestMethod, or Get-OAuthRequestHeader for the headers of a call of your own.");

    internal static OAuthUsageException NothingToRevoke(string session) => new(
        OAuthErrorId.SessionHasNoToken,
        $"The session '{session}' uses HTTP Basic on every call and has no token to revoke.",
        "Use Disconnect-OAuthProvider without -Revoke to forget it.");

    internal static OAuthUsageException SessionCannotRenew(string session, OAuthFlow flow, DateTimeOffset? expiresAt) => new(
        OAuthErrorId.SessionCannotRenew,
        $"The token of the session '{session}'{(expiresAt is { } end ? $" (good until {end:u})" : "")} cannot be renewed: the provider gave no refresh token, and the flow {flow} needs a person.",
        "Run Connect-OAuthProvider again.");

    internal static OAuthUsageException NoAccessToken(string session) => new(
        OAuthErrorId.NoAccessToken,
        $"The token of the session '{session}' is no access token, by what the server says (N_A, RFC 8693 section 2.2.1), and no API takes it.",
        "Give it to whoever is to have it: Get-OAuthToken has it. For an API, exchange with -RequestedTokenType access_token.");

    internal static OAuthUsageException CallNeeded(string session) => Usage(
        OAuthErrorId.CallNeeded,
        $"The token of the session '{session}' is bound to a key, and each call needs a proof of its own (RFC 9449).",
        "Give -Method and -Uri of the call, and use the headers for it alone; or use Invoke-OAuthRestMethod.");

    internal static OAuthUsageException SessionEnded(string session) => new(
        OAuthErrorId.SessionEnded,
        $"The session '{session}' was disconnected or revoked.",
        "Run Connect-OAuthProvider again.");

    internal static OAuthUsageException SignInNeeded(string flow) => new(
        OAuthErrorId.SignInNeeded,
        $"The flow {flow} needs a person to sign in, and there is nobody to ask.",
        "Run it where somebody can sign in, or use a flow that needs no person.");

    internal static OAuthUsageException InvalidRedirectUri() => Usage(
        OAuthErrorId.InvalidRedirectUri,
        "The redirect URI is not an absolute URL without a fragment.",
        "Give -RedirectUri as it is registered at the provider, such as http://127.0.0.1:8400/.");

    internal static OAuthUsageException PortNotAvailable(Uri redirectUri, SocketError error) => Usage(
        OAuthErrorId.PortNotAvailable,
        $"Port {redirectUri.Port} of the redirect URI cannot be listened on ({error}).",
        "End the program that uses the port, or another sign-in under way; or leave -RedirectUri out, for a free one.");

    internal static OAuthConnectionException SignInTimedOut(TimeSpan timeout, string? refusal = null) => new(
        OAuthErrorId.SignInTimeout,
        $"Nobody signed in within {timeout.TotalSeconds:0} s.{(refusal is null ? "" : $" A response came and was not accepted: {refusal}")}",
        "Start again, or allow more time with -Timeout; where no browser opens, use -NoBrowser.");

    internal static OAuthProtocolException AuthorizationResponse(string flaw) => new(
        OAuthErrorId.AuthorizationResponseInvalid,
        $"The response to the sign-in {flaw}, so it is not taken for a response to this one.",
        "Start again; use the newest page only, and the whole address when it is pasted.");

    internal static OAuthServerException SignInRefused(string error, string? description)
    {
        var (id, action) = Refusals.Classify(error, 400, retryAfter: null);
        return new OAuthServerException(id, $"The provider refused the sign-in. It says: {error}{(description is null ? "." : $": {Sentence(description)}")}", action)
        {
            StatusCode = 400,
            Error = error,
            ErrorDescription = description,
        };
    }
}
