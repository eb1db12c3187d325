using System.Net;
using System.Net.Sockets;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows;

/// <summary>
/// Every message of the library, in one tone: what happened, what the provider said, what to do next. No method takes a
/// secret, and URLs are shown without their query.
/// </summary>
internal static class Errors
{
    // --- The caller's input -------------------------------------------------------------------------------------------

    internal static OAuthUsageException UrlNotAbsolute(string url) => Usage(
        "InvalidUrl",
        $"'{WireFormat.Clean(url.Split('?')[0], [])}' is not an absolute URL.",
        "Give the whole address, such as https://api.example.com.");

    internal static OAuthUsageException UrlWithUserInfo(Uri url) => Usage(
        "InvalidUrl",
        $"The URL {SecureUrl.Show(url)} has a user name or password in it.",
        "Take it out of the URL and pass it as a credential.");

    internal static OAuthUsageException InsecureUrl(Uri url) => Usage(
        "InsecureUrl",
        $"{SecureUrl.Show(url)} is not HTTPS, and credentials would travel in the clear.",
        "Use an https:// address; http:// is for loopback addresses (127.0.0.1, [::1], localhost) alone.");

    internal static OAuthUsageException UnknownProvider(string name, IEnumerable<string> known) => new(
        "UnknownProvider",
        OAuthErrorKind.NotFound,
        $"There is no provider named '{WireFormat.Clean(name, [])}'.",
        $"Known providers: {string.Join(", ", known)}.");

    internal static OAuthUsageException ServiceUrlNeeded(OAuthProvider provider) => Usage(
        "ServiceUrlNeeded",
        $"Every customer of {provider.DisplayName} has an address of their own.",
        $"Give yours with -ServiceUrl, such as {provider.ServiceUrlExample}.");

    internal static OAuthUsageException FlowNotSupported(OAuthProvider provider, OAuthFlow flow) => new(
        "FlowNotSupported",
        OAuthErrorKind.NotSupported,
        $"{provider.DisplayName} does not offer the flow {flow}.",
        $"It offers {string.Join(", ", provider.Flows)}.");

    internal static OAuthUsageException ClientAuthenticationNotSupported(OAuthProvider provider, ClientAuthenticationMethod method) => new(
        "ClientAuthenticationNotSupported",
        OAuthErrorKind.NotSupported,
        $"{provider.DisplayName} does not take the client authentication {method}.",
        $"It takes {string.Join(", ", provider.ClientAuthentications)}.");

    internal static OAuthUsageException ParameterNeeded(OAuthProvider provider, OAuthFlow flow, string what, string parameter) => Usage(
        "MissingParameter",
        $"{provider.DisplayName} needs {what} for the flow {flow}.",
        $"Give it with {parameter}.");

    internal static OAuthUsageException ParameterNotUsed(OAuthProvider provider, OAuthFlow? flow, string parameter) => Usage(
        "ParameterNotUsed",
        $"{(flow is { } chosen ? $"The flow {chosen} of {provider.DisplayName}" : provider.DisplayName)} does not use {parameter}.",
        $"Leave it out, or choose another flow: {string.Join("; ", provider.Flows.Select(one => FlowNeeds.Describe(provider, one)))}.");

    internal static OAuthUsageException NothingGiven(OAuthProvider provider) => Usage(
        "MissingParameter",
        $"There is nothing to connect to {provider.DisplayName} with.",
        $"Give the credentials of one of its flows: {string.Join("; ", provider.Flows.Select(flow => FlowNeeds.Describe(provider, flow)))}.");

    internal static OAuthUsageException AdditionalParameterTaken(string name) => Usage(
        "AdditionalParameterTaken",
        $"The additional parameter '{WireFormat.Clean(name, [])}' is already a part of the request.",
        "Leave it out, or give it with the parameter that is made for it.");

    internal static OAuthUsageException ColonInBasicName() => Usage(
        "InvalidCredential",
        "A client id or user name with a colon in it cannot be sent by HTTP Basic (RFC 7617 section 2).",
        "Choose another -ClientAuthentication, or check the id for a copying mistake.");

    internal static OAuthUsageException EmptyCredential(string what) => Usage(
        "InvalidCredential",
        $"The {what} is empty.",
        "Check where the credential came from: an environment variable or a vault entry that is not set gives an empty one.");

    internal static OAuthUsageException InvalidHeader(string name) => Usage(
        "InvalidHeader",
        $"The header '{WireFormat.Clean(name, [])}' cannot be sent: its name or value has characters a header must not have, or it is one the module sets by itself.",
        "Leave out Authorization, give the type of a body with -ContentType, and use printable characters only.");

    internal static OAuthUsageException BodyNotSent(HttpMethod method) => Usage(
        "BodyNotSent",
        $"A {method} request carries no body.",
        "Choose -Method POST, PUT or PATCH, or put the values into the query of the address.");

    internal static OAuthUsageException InvalidContentType(string contentType) => Usage(
        "InvalidContentType",
        $"'{WireFormat.Clean(contentType, [])}' is not a media type.",
        "Give -ContentType such as application/json or text/plain; charset=utf-8.");

    internal static OAuthUsageException InvalidIssuer(string issuer) => Usage(
        "InvalidIssuer",
        $"'{WireFormat.Clean(issuer.Split('?', '#')[0], [])}' is not an issuer: an absolute URL without query and fragment (RFC 8414 section 2).",
        "Give it exactly as the server names itself, such as https://login.example.com.");

    // --- Registered providers -----------------------------------------------------------------------------------------

    internal static OAuthUsageException ProviderName(string name) => Usage(
        "InvalidProviderName",
        $"'{WireFormat.Clean(name, [])}' cannot be the name of a provider.",
        "Use letters, digits, dots, hyphens and underscores, 64 at most, a letter or digit first.");

    internal static OAuthUsageException ProviderIsBuiltIn(string name) => Usage(
        "ProviderIsBuiltIn",
        $"The provider '{name}' is built in.",
        "Choose another name; -ServiceUrl of Connect-OAuthProvider moves a built-in provider.");

    internal static OAuthUsageException ProviderExists(string name) => Usage(
        "ProviderExists",
        $"The provider '{name}' is registered already.",
        "Use -Force to replace it, or choose another name.");

    internal static OAuthUsageException ProviderFileDamaged(string path, string flaw) => Usage(
        "ProviderFileInvalid",
        $"The provider file {path} cannot be used: {flaw}.",
        "Mend it (docs/provider-file.md has the format), or delete it and register the provider again.");

    internal static OAuthConnectionException ProviderFileAccess(string path, Exception inner) => Connection(
        "ProviderFileAccess",
        $"The provider file {path} cannot be read or written.",
        "Check the rights and the free space of its folder.",
        inner);

    // --- The server's metadata ----------------------------------------------------------------------------------------

    internal static OAuthProtocolException IssuerMismatch(string issuer, string found) => new(
        "IssuerMismatch",
        $"The metadata found for the issuer '{WireFormat.Clean(issuer, [])}' is of '{found}', and must not be used for another (RFC 8414 section 3.3).",
        "Give -Issuer exactly as the server names itself, slash for slash.");

    internal static OAuthProtocolException MetadataEndpoint(string issuer, string name) => new(
        "MetadataInsecure",
        $"In the metadata of '{WireFormat.Clean(issuer, [])}' {name} is not an HTTPS address.",
        "Report it to the server's administrator; nothing was sent there.");

    internal static OAuthProtocolException MetadataMember(string issuer, string name) => new(
        "MetadataIncomplete",
        $"The metadata of '{WireFormat.Clean(issuer, [])}' has no {name}.",
        "Register the provider with its endpoints instead of -Issuer.");

    // --- The session --------------------------------------------------------------------------------------------------

    internal static OAuthUsageException SessionHasNoToken(string session) => new(
        "SessionHasNoToken",
        OAuthErrorKind.NotSupported,
        $"The session '{session}' uses HTTP Basic on every call and has no token.",
        "Use Invoke-OAuthRestMethod, or Get-OAuthRequestHeader for the headers of a call of your own.");

    internal static OAuthUsageException NothingToRevoke(string session) => new(
        "SessionHasNoToken",
        OAuthErrorKind.NotSupported,
        $"The session '{session}' uses HTTP Basic on every call and has no token to revoke.",
        "Use Disconnect-OAuthProvider without -Revoke to forget it.");

    internal static OAuthUsageException SessionCannotRenew(string session, OAuthFlow flow, DateTimeOffset? expiresAt) => new(
        "SessionCannotRenew",
        OAuthErrorKind.NotSupported,
        $"The token of the session '{session}' {(expiresAt is { } end ? $"is valid until {end:u} and" : "")} cannot be renewed: the provider gave no refresh token, and the flow {flow} needs a person.",
        "Run Connect-OAuthProvider again.");

    internal static OAuthUsageException SessionEnded(string session) => new(
        "SessionEnded",
        OAuthErrorKind.NotSupported,
        $"The session '{session}' was disconnected or revoked.",
        "Run Connect-OAuthProvider again.");

    // --- The person ---------------------------------------------------------------------------------------------------

    internal static OAuthUsageException SignInNeeded(OAuthFlow flow) => new(
        "SignInNeeded",
        OAuthErrorKind.NotSupported,
        $"The flow {flow} needs a person to sign in, and there is nobody to ask.",
        "Run it where somebody can sign in, or use a flow that needs no person.");

    internal static OAuthUsageException InvalidRedirectUri() => Usage(
        "InvalidRedirectUri",
        "The redirect URI is not an absolute URL without a fragment.",
        "Give -RedirectUri as it is registered at the provider, such as http://127.0.0.1:8400/.");

    internal static OAuthUsageException PortNotAvailable(Uri redirectUri, SocketError error) => Usage(
        "PortNotAvailable",
        $"Port {redirectUri.Port} of the redirect URI cannot be listened on ({error}).",
        "End the program that uses the port, or another sign-in under way; or leave -RedirectUri out, for a free one.");

    internal static OAuthConnectionException SignInTimedOut(TimeSpan timeout) => new(
        "SignInTimeout",
        OAuthErrorKind.Timeout,
        $"Nobody signed in within {timeout.TotalSeconds:0} s.",
        "Start again, or allow more time with -Timeout.");

    internal static OAuthProtocolException AuthorizationAnswer(string flaw) => new(
        "AuthorizationAnswerInvalid",
        $"The answer to the sign-in {flaw}, so it is not taken for an answer to this one.",
        "Start again, and use the newest page or address only.");

    internal static OAuthServerException SignInRefused(string error, string? description)
    {
        var (id, kind, action) = Refusals.Classify(error, 400, retryAfter: null);
        return new OAuthServerException(id, kind, $"The provider refused the sign-in. It says: {error}{(description is null ? "." : $": {Sentence(description)}")}", action)
        {
            StatusCode = 400,
            Error = error,
            ErrorDescription = description,
        };
    }

    // --- The way to the server ----------------------------------------------------------------------------------------

    internal static OAuthConnectionException HostUnknown(OAuthRequest request, Exception inner) => Connection(
        "HostUnknown",
        $"The host '{request.Endpoint.IdnHost}' of the {request.Purpose} was not found.",
        "Check the spelling of -ServiceUrl, and that this machine resolves names.",
        inner);

    internal static OAuthConnectionException Unreachable(OAuthRequest request, Exception inner) => Connection(
        "ServerUnreachable",
        $"No connection to {request.Endpoint.GetLeftPart(UriPartial.Authority)} for the {request.Purpose}.",
        "Check the address and port, the network, and a proxy or firewall between.",
        inner);

    internal static OAuthConnectionException TlsFailed(OAuthRequest request, Exception inner) => Connection(
        "TlsFailure",
        $"The TLS connection to {request.Endpoint.GetLeftPart(UriPartial.Authority)} failed; nothing was sent.",
        "Check that the address is the right one and that this machine trusts the certificate's issuer.",
        inner);

    internal static OAuthConnectionException ConnectionLost(OAuthRequest request, Exception inner) => Connection(
        "ConnectionLost",
        $"The connection ended before the answer of the {request.Purpose} was whole ({SecureUrl.Show(request.Endpoint)}).",
        "Try again; whether the server has acted on the request is not known.",
        inner);

    internal static OAuthConnectionException TimedOut(OAuthRequest request, TimeSpan timeout) => new(
        "RequestTimeout",
        OAuthErrorKind.Timeout,
        $"The {request.Purpose} to {SecureUrl.Show(request.Endpoint)} had no answer within {timeout.TotalSeconds:0.###} s.",
        "Try again, or allow more time with -Timeout.");

    internal static OAuthConnectionException RedirectToOtherOrigin(OAuthRequest request, Uri target) => Connection(
        "RedirectToOtherOrigin",
        $"The server redirects the {request.Purpose} to another origin, {WireFormat.Clean(target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), request.Secrets)}; credentials are not sent there.",
        "If that is where the provider is now, connect to it with -ServiceUrl.");

    internal static OAuthConnectionException RedirectInvalid(OAuthRequest request) => Connection(
        "RedirectInvalid",
        $"The server redirects the {request.Purpose} to something that is no address.",
        "Check the address with the provider.");

    internal static OAuthConnectionException RedirectDropsMethod(OAuthRequest request, HttpStatusCode status) => Connection(
        "RedirectDropsMethod",
        $"The server answers the {request.Purpose} with the redirect {(int)status}, which would turn {request.Method} into GET.",
        "Check the path of the address; often a slash at its end is missing or too many.");

    internal static OAuthConnectionException RedirectLoop(OAuthRequest request) => Connection(
        "RedirectLoop",
        $"The server redirects the {request.Purpose} again and again.",
        "Check the address with the provider.");

    // --- The answer ---------------------------------------------------------------------------------------------------

    // No inner exception: it would repeat what the server sent.
    internal static OAuthProtocolException AnswerNotHttp(OAuthRequest request) => new(
        "AnswerNotHttp",
        $"What came back for the {request.Purpose} from {SecureUrl.Show(request.Endpoint)} is not HTTP, or packed so that it cannot be unpacked.",
        "Check the address and port: something else may listen there.");

    internal static OAuthProtocolException AnswerTooLarge(OAuthRequest request) => new(
        "AnswerTooLarge",
        $"The answer of the {request.Purpose} from {SecureUrl.Show(request.Endpoint)} is larger than {request.MaximumAnswerSize / OAuthRequest.OneMebibyte} MiB and was not read on.",
        "Check that the address is the provider's.");

    internal static OAuthProtocolException AnswerEmpty(OAuthRequest request, HttpAnswer answer) => new(
        "AnswerEmpty",
        $"The {request.Purpose} to {SecureUrl.Show(request.Endpoint)} was answered {(int)answer.StatusCode} with an empty body.",
        "Check that the address is the provider's token endpoint, and its status page.");

    internal static OAuthProtocolException AnswerNotJson(OAuthRequest request, HttpAnswer answer) => new(
        "AnswerNotJson",
        $"The {request.Purpose} to {SecureUrl.Show(request.Endpoint)} was answered {(int)answer.StatusCode} with {WireFormat.Show(answer.MediaType)}, which is not the JSON object that was expected.",
        "Check that the address is the provider's: a proxy's or sign-in page answers like this.");

    internal static OAuthProtocolException AnswerMember(string source, string member, string flaw) => new(
        "AnswerIncomplete",
        $"In {source} '{member}' {flaw}.",
        "Nothing was changed. Report it to the provider; -Verbose shows the answer without its secrets.");

    internal static OAuthProtocolException ApiAnswerMember(ApiCall call, string member) => new(
        "AnswerIncomplete",
        $"In the answer to {call.Method} {call.Uri} '{member}' is missing.",
        "Report it to the provider; -Verbose shows the answer without its secrets.");

    internal static OAuthProtocolException ApiAnswerNotJson(ApiCall call, string? mediaType) => new(
        "AnswerNotJson",
        $"The answer to {call.Method} {call.Uri} came with {WireFormat.Show(mediaType)}, which is not the JSON that was expected.",
        "Check that -ServiceUrl is the provider's: a proxy's or sign-in page answers like this.");

    internal static OAuthProtocolException ApiAnswerMalformed(string call, string? mediaType) => new(
        "AnswerNotJson",
        $"The answer to {call} says that it is {mediaType}, and cannot be read as JSON.",
        "Try again: it may have been cut short. If it stays so, report it to the provider.");

    internal static OAuthUsageException NoAppCredentials(OAuthProvider provider) => new(
        "AppCredentialsNotSupported",
        OAuthErrorKind.NotSupported,
        $"{provider.DisplayName} has no App Credentials.",
        "Give a session of SpatiaFi.");

    internal static OAuthProtocolException IdToken(string flaw) => new(
        "IdTokenInvalid",
        $"The ID token {flaw}, so neither it nor the tokens beside it are used.",
        "Start again; if it happens again, check the clock of this machine and the registration of the client.");

    internal static OAuthProtocolException TokenTypeUnknown(string source, string tokenType) => new(
        "TokenTypeUnknown",
        $"In {source} the token is of the type '{tokenType}', which this module cannot use.",
        "Register the client at the provider for Bearer tokens.");

    /// <summary>The server said no. Which words to add depends on its code, and on its status where it gives none.</summary>
    internal static OAuthServerException Refused(OAuthRequest request, HttpAnswer answer, ErrorResponse said)
    {
        var status = (int)answer.StatusCode;

        // The codes of RFC 6749 mean what they say at the protocol's own endpoints; an API uses such words for anything.
        var (id, kind, action) = Refusals.Classify(request is ApiRequest ? null : said.Error, status, answer.RetryAfter);
        var words = (said.Error, said.Description) switch
        {
            (null, null) => answer.Body.Length == 0 ? "It gave no reason." : $"It gave no reason that can be shown ({WireFormat.Show(answer.MediaType)}).",
            (null, { } description) => $"It says: {Sentence(description)}",
            ({ } error, null) => $"It says: {Sentence(error)}",
            ({ } error, { } description) => $"It says: {error}: {Sentence(description)}",
        };
        return new OAuthServerException(id, kind, $"The server refused the {request.Purpose} to {SecureUrl.Show(request.Endpoint)} with status {status}. {words}", action)
        {
            StatusCode = status,
            Error = said.Error,
            ErrorDescription = said.Description,
            RetryAfter = answer.RetryAfter,
        };
    }

    private static string Sentence(string words) => words.EndsWith('.') ? words : words + ".";

    private static OAuthUsageException Usage(string id, string what, string next) => new(id, OAuthErrorKind.InvalidArgument, what, next);

    private static OAuthConnectionException Connection(string id, string what, string next, Exception? inner = null) =>
        new(id, OAuthErrorKind.Connection, what, next, inner);
}
