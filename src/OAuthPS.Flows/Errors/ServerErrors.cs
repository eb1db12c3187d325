using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about what a server answered.</content>
internal static partial class Errors
{
    internal static OAuthProtocolException IssuerMismatch(string issuer, string found) => new(
        OAuthErrorId.IssuerMismatch,
        $"The metadata found for the issuer '{WireFormat.Clean(issuer, [])}' is of '{found}', and must not be used for another (RFC "
            + $"8414 section 3.3).",
        "Give the issuer exactly as the server names itself, slash for slash.");

    internal static OAuthProtocolException MetadataEndpoint(string issuer, string name) => new(
        OAuthErrorId.MetadataInsecure,
        $"In the metadata of '{WireFormat.Clean(issuer, [])}' {name} is not an HTTPS address.",
        "Report it to the server's administrator; nothing was sent there.");

    internal static OAuthProtocolException MetadataMember(string issuer, string name) => new(
        OAuthErrorId.MetadataIncomplete,
        $"The metadata of '{WireFormat.Clean(issuer, [])}' has no {name}.",
        "Register the provider with its endpoints instead of its issuer.");

    // No inner exception: it would repeat what the server sent.
    internal static OAuthProtocolException ResponseNotHttp(string purpose, Uri endpoint) => new(
        OAuthErrorId.ResponseNotHttp,
        $"What came back for the {purpose} from {ShownUrl.Of(endpoint)} is not HTTP, or packed so that it cannot be unpacked.",
        "Check the address and port: something else may listen there.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthProtocolException ResponseTooLarge(string purpose, Uri endpoint, int mebibytes) => new(
        OAuthErrorId.ResponseTooLarge,
        $"The response of the {purpose} from {ShownUrl.Of(endpoint)} exceeds the {mebibytes} MiB limit and was discarded.",
        "Check that the address is the provider's.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthProtocolException ResponseEmpty(string purpose, Uri endpoint, int status) => new(
        OAuthErrorId.ResponseEmpty,
        $"The {purpose} to {ShownUrl.Of(endpoint)} was answered {status} with an empty body.",
        "Check that the address is the provider's token endpoint, and its status page.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthProtocolException ResponseNotJson(string purpose, Uri endpoint, int status, string? mediaType) => new(
        OAuthErrorId.ResponseNotJson,
        $"The {purpose} to {ShownUrl.Of(endpoint)} was answered {status} with {WireFormat.Show(mediaType)}, which is not the JSON "
            + $"object that was expected.",
        "Check that the address is the provider's: a proxy's or sign-in page answers like this.")
    {
        Endpoint = ShownUrl.Of(endpoint),
    };

    internal static OAuthProtocolException ResponseMember(string source, string member, string flaw) => new(
        OAuthErrorId.ResponseIncomplete,
        $"In {source} '{member}' {flaw}.",
        "Report it to the provider.");

    internal static OAuthProtocolException OnlyIdToken(string source) => new(
        OAuthErrorId.ResponseIncomplete,
        $"In {source} there is an ID token and no access token.",
        "Ask for an access token: give a scope of the API, or the API itself as a resource.")
    {
        Inputs = [OAuthInput.Scope, OAuthInput.Resource],
    };

    internal static OAuthProtocolException ApiResponseMember(string call, string member, string flaw = "is missing") => new(
        OAuthErrorId.ResponseIncomplete,
        $"In the response to {call} '{member}' {flaw}.",
        "Report it to the provider.");

    internal static OAuthProtocolException ApiResponseNotJson(string call, string? mediaType) => new(
        OAuthErrorId.ResponseNotJson,
        $"The response to {call} came with {WireFormat.Show(mediaType)}, which is not the JSON that was expected.",
        "Check that the address is the provider's: a proxy's or sign-in page answers like this.")
    {
        Inputs = [OAuthInput.ServiceUrl],
    };

    internal static OAuthProtocolException ApiResponseMalformed(string call, string? mediaType) => new(
        OAuthErrorId.ResponseNotJson,
        $"The response to {call} says that it is {mediaType}, and cannot be read as JSON.",
        "Try again: it may have been cut short. If it stays so, report it to the provider.");

    internal static OAuthUsageException NoAppCredentials(ProviderNames provider) => new(
        OAuthErrorId.AppCredentialsNotSupported,
        $"{provider.DisplayName} has no App Credentials.",
        "Give a session of SpatiaFi.")
    {
        Provider = provider.Name,
    };

    internal static OAuthProtocolException IdToken(string flaw) => new(
        OAuthErrorId.IdTokenInvalid,
        $"The ID token {flaw}, so neither it nor the tokens beside it are used.",
        "Start again; if it happens again, check the clock of this machine and the registration of the client.");

    internal static OAuthProtocolException UserInfo(string flaw) => new(
        OAuthErrorId.UserInfoInvalid,
        $"The UserInfo response {flaw}, so it is not used.",
        "Report it to the server's administrator.");

    internal static OAuthProtocolException TokenTypeUnknown(string source, string tokenType) => new(
        OAuthErrorId.TokenTypeUnknown,
        $"In {source} the token is of the type '{tokenType}', which cannot be used.",
        tokenType.Equals(TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase) ? "Connect with DPoP." : "Register the client at the "
            + "provider for Bearer tokens.")
    {
        Inputs = tokenType.Equals(TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase) ? [OAuthInput.DPoP] : [],
    };

    internal static OAuthProtocolException TokenNotBound(string source) => new(
        OAuthErrorId.TokenNotBound,
        $"In {source} the token is a Bearer token, though one bound to the session's DPoP key was asked for; it is not used.",
        "Register the client at the provider for DPoP, or connect without it.");

    /// <summary>The server said no. Which words to add depends on its code, and on its status where it gives none.</summary>
    internal static OAuthServerException Refused(Refusal refusal)
    {
        // The codes of RFC 6749 mean what they say at the protocol's own endpoints; an API uses such words for anything.
        var meaning = refusal.IsApiCall
            ? Refusals.ClassifyOfApi(refusal.Status, refusal.RetryAfter)
            : Refusals.Classify(refusal.Error ?? Refusals.CodeIn(refusal.Description), refusal.Status, refusal.RetryAfter);
        var words = (refusal.Error, refusal.Description) switch
        {
            (null, null) =>
                refusal.IsEmpty ? "It gave no reason." : $"It gave no reason that can be shown ({WireFormat.Show(refusal.MediaType)}).",
            (null, { } description) => $"It says: {Sentence(description)}",
            ({ } error, null) => $"It says: {Sentence(error)}",
            ({ } error, { } description) => $"It says: {error}: {Sentence(description)}",
        };
        var endpoint = ShownUrl.Of(refusal.Endpoint);
        return new OAuthServerException(
            meaning.Id, $"The server refused the {refusal.Purpose} to {endpoint} with status {refusal.Status}. {words}", meaning.Action)
        {
            StatusCode = refusal.Status,
            Error = refusal.Error,
            ErrorDescription = refusal.Description,
            RetryAfter = refusal.RetryAfter,
            IsApiCall = refusal.IsApiCall,
            Endpoint = endpoint,
            Inputs = meaning.Inputs,
        };
    }
}
