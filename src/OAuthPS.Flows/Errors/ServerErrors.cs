using System.Net;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about the way to a server, and what it answered.</content>
internal static partial class Errors
{
    internal static OAuthProtocolException IssuerMismatch(string issuer, string found) => new(
        OAuthErrorId.IssuerMismatch,
        $"The metadata found for the issuer '{WireFormat.Clean(issuer, [])}' is of '{found}', and must not be used for another (RFC 8414 section 3.3).",
        "Give -Issuer exactly as the server names itself, slash for slash.");

    internal static OAuthProtocolException MetadataEndpoint(string issuer, string name) => new(
        OAuthErrorId.MetadataInsecure,
        $"In the metadata of '{WireFormat.Clean(issuer, [])}' {name} is not an HTTPS address.",
        "Report it to the server's administrator; nothing was sent there.");

    internal static OAuthProtocolException MetadataMember(string issuer, string name) => new(
        OAuthErrorId.MetadataIncomplete,
        $"The metadata of '{WireFormat.Clean(issuer, [])}' has no {name}.",
        "Register the provider with its endpoints instead of -Issuer.");

    internal static OAuthConnectionException HostUnknown(OAuthRequest request, Exception inner) => Connection(
        OAuthErrorId.HostUnknown,
        $"The host '{request.Endpoint.IdnHost}' of the {request.Purpose} was not found.",
        "Check the spelling of the address (-ServiceUrl, -Issuer or the one called), and that this machine resolves names.",
        inner);

    internal static OAuthConnectionException Unreachable(OAuthRequest request, Exception inner) => Connection(
        OAuthErrorId.ServerUnreachable,
        $"No connection to {request.Endpoint.GetLeftPart(UriPartial.Authority)} for the {request.Purpose}.",
        "Check the address and port, the network, and a proxy or firewall between.",
        inner);

    internal static OAuthConnectionException TlsFailed(OAuthRequest request, Exception inner) => Connection(
        OAuthErrorId.TlsFailure,
        $"The TLS connection to {request.Endpoint.GetLeftPart(UriPartial.Authority)} failed; nothing was sent.",
        "Check that the address is the right one and that this machine trusts the certificate's issuer."
            + (SecureUrl.IsLoopback(request.Endpoint) ? " A server of this machine without TLS, such as the emulator, is given with http:// in front." : ""),
        inner);

    internal static OAuthConnectionException ConnectionLost(OAuthRequest request, Exception inner) => Connection(
        OAuthErrorId.ConnectionLost,
        $"The connection ended before the response of the {request.Purpose} was whole ({ShownUrl.Of(request.Endpoint)}).",
        "Try again; whether the server has acted on the request is not known.",
        inner);

    internal static OAuthConnectionException TimedOut(OAuthRequest request, TimeSpan timeout) => new(
        OAuthErrorId.RequestTimeout,
        $"The {request.Purpose} to {ShownUrl.Of(request.Endpoint)} had no response within {timeout.TotalSeconds:0.###} s.",
        "Try again, or allow more time with -Timeout.");

    internal static OAuthConnectionException RedirectToOtherOrigin(OAuthRequest request, Uri target) => Connection(
        OAuthErrorId.RedirectToOtherOrigin,
        $"The server redirects the {request.Purpose} to another origin, {WireFormat.Clean(target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), request.Secrets)}; credentials are not sent there.",
        "If that is where the provider is now, connect to it with -ServiceUrl.");

    internal static OAuthConnectionException RedirectInvalid(OAuthRequest request) => Connection(
        OAuthErrorId.RedirectInvalid,
        $"The server redirects the {request.Purpose} to something that is no address.",
        "Check the address with the provider.");

    internal static OAuthConnectionException RedirectDropsMethod(OAuthRequest request, HttpStatusCode status) => Connection(
        OAuthErrorId.RedirectDropsMethod,
        $"The server answers the {request.Purpose} with the redirect {(int)status}, which would turn {request.Method} into GET.",
        "Check the path of the address; often a slash at its end is missing or too many.");

    internal static OAuthConnectionException RedirectLoop(OAuthRequest request) => Connection(
        OAuthErrorId.RedirectLoop,
        $"The server redirects the {request.Purpose} again and again.",
        "Check the address with the provider.");

    // No inner exception: it would repeat what the server sent.
    internal static OAuthProtocolException ResponseNotHttp(OAuthRequest request) => new(
        OAuthErrorId.ResponseNotHttp,
        $"What came back for the {request.Purpose} from {ShownUrl.Of(request.Endpoint)} is not HTTP, or packed so that it cannot be unpacked.",
        "Check the address and port: something else may listen there.");

    internal static OAuthProtocolException ResponseTooLarge(OAuthRequest request) => new(
        OAuthErrorId.ResponseTooLarge,
        $"The response of the {request.Purpose} from {ShownUrl.Of(request.Endpoint)} is larger than {request.MaximumResponseSize / OAuthRequest.OneMebibyte} MiB and was not read on.",
        "Check that the address is the provider's.");

    internal static OAuthProtocolException ResponseEmpty(OAuthRequest request, HttpResponse response) => new(
        OAuthErrorId.ResponseEmpty,
        $"The {request.Purpose} to {ShownUrl.Of(request.Endpoint)} was answered {(int)response.StatusCode} with an empty body.",
        "Check that the address is the provider's token endpoint, and its status page.");

    internal static OAuthProtocolException ResponseNotJson(OAuthRequest request, HttpResponse response) => new(
        OAuthErrorId.ResponseNotJson,
        $"The {request.Purpose} to {ShownUrl.Of(request.Endpoint)} was answered {(int)response.StatusCode} with {WireFormat.Show(response.MediaType)}, which is not the JSON object that was expected.",
        "Check that the address is the provider's: a proxy's or sign-in page answers like this.");

    internal static OAuthProtocolException ResponseMember(string source, string member, string flaw) => new(
        OAuthErrorId.ResponseIncomplete,
        $"In {source} '{member}' {flaw}.",
        "Nothing was changed. Report it to the provider; -Verbose shows the response without its secrets.");

    internal static OAuthProtocolException OnlyIdToken(string source) => new(
        OAuthErrorId.ResponseIncomplete,
        $"In {source} there is an ID token and no access token.",
        "Ask for an access token: give a scope of the API with -Scope, or the API itself with -Resource.");

    internal static OAuthProtocolException ApiResponseMember(ApiCall call, string member, string flaw = "is missing") => new(
        OAuthErrorId.ResponseIncomplete,
        $"In the response to {call.Method} {call.Uri} '{member}' {flaw}.",
        "Report it to the provider; -Verbose shows the response without its secrets.");

    internal static OAuthProtocolException ApiResponseNotJson(ApiCall call, string? mediaType) => new(
        OAuthErrorId.ResponseNotJson,
        $"The response to {call.Method} {call.Uri} came with {WireFormat.Show(mediaType)}, which is not the JSON that was expected.",
        "Check that -ServiceUrl is the provider's: a proxy's or sign-in page answers like this.");

    internal static OAuthProtocolException ApiResponseMalformed(string call, string? mediaType) => new(
        OAuthErrorId.ResponseNotJson,
        $"The response to {call} says that it is {mediaType}, and cannot be read as JSON.",
        "Try again: it may have been cut short. If it stays so, report it to the provider.");

    internal static OAuthUsageException NoAppCredentials(OAuthProvider provider) => new(
        OAuthErrorId.AppCredentialsNotSupported,
        $"{provider.DisplayName} has no App Credentials.",
        "Give a session of SpatiaFi.");

    internal static OAuthProtocolException IdToken(string flaw) => new(
        OAuthErrorId.IdTokenInvalid,
        $"The ID token {flaw}, so neither it nor the tokens beside it are used.",
        "Start again; if it happens again, check the clock of this machine and the registration of the client.");

    internal static OAuthProtocolException TokenTypeUnknown(string source, string tokenType) => new(
        OAuthErrorId.TokenTypeUnknown,
        $"In {source} the token is of the type '{tokenType}', which this module cannot use.",
        tokenType.Equals(TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase) ? "Connect with -DPoP." : "Register the client at the provider for Bearer tokens.");

    internal static OAuthProtocolException TokenNotBound(string source) => new(
        OAuthErrorId.TokenNotBound,
        $"In {source} the token is a Bearer token, though one bound to the session's DPoP key was asked for; it is not used.",
        "Register the client at the provider for DPoP, or connect without -DPoP.");

    /// <summary>The server said no. Which words to add depends on its code, and on its status where it gives none.</summary>
    internal static OAuthServerException Refused(OAuthRequest request, HttpResponse response, ErrorResponse said)
    {
        var status = (int)response.StatusCode;

        // The codes of RFC 6749 mean what they say at the protocol's own endpoints; an API uses such words for anything.
        var (id, action) = request.IsApiCall
            ? Refusals.ClassifyOfApi(status, response.RetryAfter)
            : Refusals.Classify(said.Error ?? Refusals.CodeIn(said.Description), status, response.RetryAfter);
        var words = (said.Error, said.Description) switch
        {
            (null, null) => response.Body.Length == 0 ? "It gave no reason." : $"It gave no reason that can be shown ({WireFormat.Show(response.MediaType)}).",
            (null, { } description) => $"It says: {Sentence(description)}",
            ({ } error, null) => $"It says: {Sentence(error)}",
            ({ } error, { } description) => $"It says: {error}: {Sentence(description)}",
        };
        return new OAuthServerException(id, $"The server refused the {request.Purpose} to {ShownUrl.Of(request.Endpoint)} with status {status}. {words}", action)
        {
            StatusCode = status,
            Error = said.Error,
            ErrorDescription = said.Description,
            RetryAfter = response.RetryAfter,
        };
    }
}
