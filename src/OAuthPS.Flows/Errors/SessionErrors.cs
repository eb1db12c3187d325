using System.Net.Sockets;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about sessions, and the person who signs in.</content>
internal static partial class Errors
{
    internal static OAuthUsageException SessionHasNoToken(string session) => new(
        OAuthErrorId.SessionHasNoToken,
        $"The session '{session}' uses HTTP Basic on every call and has no token.",
        "Call an API with the session, or take its headers for a call of your own.");

    internal static OAuthUsageException NothingToRevoke(string session) => new(
        OAuthErrorId.SessionHasNoToken,
        $"The session '{session}' uses HTTP Basic on every call and has no token to revoke.",
        "Forget the session without revoking.")
    {
        Inputs = [OAuthInput.Revocation],
    };

    internal static OAuthUsageException SessionCannotRenew(string session, string flow, DateTimeOffset? expiresAt) => new(
        OAuthErrorId.SessionCannotRenew,
        $"The token of the session '{session}'{(expiresAt is { } end ? $" (good until {end:u})" : "")} cannot be renewed: the "
            + $"provider gave no refresh token, and the flow {flow} needs a person.",
        "Connect again.")
    {
        Flow = flow,
    };

    internal static OAuthUsageException NoAccessToken(string session) => new(
        OAuthErrorId.NoAccessToken,
        $"The token of the session '{session}' is no access token, by what the server says (N_A, RFC 8693 section 2.2.1), and no API "
            + $"takes it.",
        "Pass it to the service that needs it. For an API, exchange for an access token.");

    internal static OAuthUsageException ApiOriginNotAllowed(string session, Uri target, IEnumerable<string> known) => new(
        OAuthErrorId.ApiOriginNotAllowed,
        $"The session '{session}' does not know {ShownUrl.OriginOf(target)} as an API of its own; nothing was sent. It calls "
            + $"{string.Join(", ", known)}.",
        "If that API may have the token, connect again and name its address.")
    {
        Endpoint = ShownUrl.OriginOf(target),
        Inputs = [OAuthInput.ApiUrl],
    };

    internal static OAuthUsageException NoIdToken(string session) => new(
        OAuthErrorId.NoIdToken,
        $"The session '{session}' has no ID token, so nobody can tell whether the claims of the UserInfo endpoint are about the person who "
            + "signed in (OpenID Connect Core 1.0 section 5.3.2).",
        "Connect again with the scope openid.")
    {
        Inputs = [OAuthInput.Scope],
    };

    internal static OAuthUsageException NoUserInfoEndpoint(ProviderNames provider) => new(
        OAuthErrorId.UserInfoNotSupported,
        $"No UserInfo endpoint of {provider.DisplayName} is known.",
        "Register the provider by its issuer, or with its UserInfo endpoint.")
    {
        Provider = provider.Name,
    };

    internal static OAuthUsageException CallNeeded(string session) => Usage(
        OAuthErrorId.CallNeeded,
        $"The token of the session '{session}' is bound to a key, and each call needs a proof of its own (RFC 9449).",
        "Give the method and the address of the call, and use the headers for it alone; or call the API with the session.");

    internal static OAuthUsageException SessionEnded(string session) => new(
        OAuthErrorId.SessionEnded,
        $"The session '{session}' was disconnected or revoked.",
        "Connect again.");

    internal static OAuthUsageException SignInNeeded(string flow) => new(
        OAuthErrorId.SignInNeeded,
        $"The flow {flow} needs a person to sign in, and there is nobody to ask.",
        "Run it where somebody can sign in, or use a flow that needs no person.")
    {
        Flow = flow,
    };

    internal static OAuthUsageException SignInNotNamed(ProviderNames provider, string flow, string withoutPerson) => new(
        OAuthErrorId.SignInNeeded,
        $"{provider.DisplayName} offers no flow for a client alone: {flow} needs a person to sign in, and there is nobody to ask.",
        $"If the server takes the flow {withoutPerson} all the same, ask for it by name; else sign in where somebody can.")
    {
        Provider = provider.Name,
        Flow = flow,
        Inputs = [OAuthInput.Flow],
    };

    internal static OAuthUsageException InvalidRedirectUri() => Usage(
        OAuthErrorId.InvalidRedirectUri,
        "The redirect URI is not an absolute URL without a fragment.",
        "Give the redirect URI as it is registered at the provider, such as http://127.0.0.1:8400/.");

    internal static OAuthUsageException PortNotAvailable(Uri redirectUri, SocketError error) => Usage(
        OAuthErrorId.PortNotAvailable,
        $"Port {redirectUri.Port} of the redirect URI cannot be listened on ({error}).",
        "End the program that uses the port, or another sign-in under way; or leave the redirect URI out, for a free one.");

    internal static OAuthConnectionException SignInTimedOut(TimeSpan timeout, string? refusal = null) => new(
        OAuthErrorId.SignInTimeout,
        $"Nobody signed in within {timeout.TotalSeconds:0} "
            + $"s.{(refusal is null ? "" : $" A response came and was not accepted: {refusal}")}",
        "Start again, or allow more time; where no browser opens, sign in with one elsewhere.");

    internal static OAuthProtocolException AuthorizationResponse(string flaw) => new(
        OAuthErrorId.AuthorizationResponseInvalid,
        $"The response to the sign-in {flaw}, so it is not taken for a response to this one.",
        "Start again; use the newest page only, and the whole address when it is pasted.");

    internal static OAuthProtocolException AuthorizationResponseForged(string flaw) => new(
        OAuthErrorId.AuthorizationResponseInvalid,
        $"The response to the sign-in {flaw}, so it is not taken for a response to this one.",
        "It may be forged: do not just try again, but tell the administrator of the server.");

    internal static OAuthServerException SignInRefused(string error, string? description)
    {
        var meaning = Refusals.Classify(error, 400, retryAfter: null);
        return new OAuthServerException(
            meaning.Id,
            $"The provider refused the sign-in. It says: {error}{(description is null ? "." : $": {Sentence(description)}")}",
            meaning.Action)
        {
            StatusCode = 400,
            Error = error,
            ErrorDescription = description,
            Inputs = meaning.Inputs,
        };
    }
}
