using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about what a server answered.</content>
internal static partial class Errors
{
    private static readonly HashSet<OAuthErrorId> _idsOfClient =
    [
        OAuthErrorId.InvalidClient, OAuthErrorId.UnauthorizedClient, OAuthErrorId.InvalidRequest, OAuthErrorId.Unauthorized,
        OAuthErrorId.Forbidden, OAuthErrorId.RequestRefused,
    ];

    internal static OAuthProtocolException IssuerMismatch(string issuer, string found) => new(
        OAuthErrorId.IssuerMismatch,
        $"The metadata found for the issuer '{WireFormat.Clean(issuer, [])}' is of '{found}', and must not be used for another (RFC "
            + $"8414 section 3.3).",
        "Give the issuer exactly as the server names itself, slash for slash; a tenant goes in the place of {tenantid}.");

    internal static OAuthProtocolException MetadataEndpoint(string issuer, string name) => new(
        OAuthErrorId.MetadataInsecure,
        $"In the metadata of '{WireFormat.Clean(issuer, [])}' {name} is not an HTTPS address.",
        "Report it to the server's administrator; nothing was sent there.");

    /// <param name="issuer">The issuer.</param>
    /// <param name="whatHappened">What happened at each place that was asked, a sentence each.</param>
    /// <param name="status">How the last of them answered.</param>
    internal static OAuthServerException MetadataRefused(string issuer, IEnumerable<string> whatHappened, int status) => new(
        status >= 500 ? OAuthErrorId.ServerError : OAuthErrorId.EndpointNotFound,
        NoMetadata(issuer, whatHappened),
        ActionWithoutMetadata)
    {
        StatusCode = status,
    };

    /// <inheritdoc cref="MetadataRefused"/>
    internal static OAuthProtocolException MetadataNotJson(string issuer, IEnumerable<string> whatHappened) => new(
        OAuthErrorId.ResponseNotJson, NoMetadata(issuer, whatHappened), ActionWithoutMetadata);

    /// <param name="provider">The provider.</param>
    /// <param name="name">The endpoint's name in the metadata.</param>
    /// <param name="endpoint">Where it is now.</param>
    internal static OAuthConnectionException EndpointMoved(ProviderNames provider, string name, Uri endpoint) => new(
        OAuthErrorId.EndpointMoved,
        $"The metadata of {provider.DisplayName} now has {name} at another origin, {ShownUrl.Of(endpoint)}; nothing of the session is sent "
            + $"there.",
        "If that is where the provider is now, connect again.")
    {
        Provider = provider.Name,
        Endpoint = ShownUrl.Of(endpoint),
    };

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

    internal static OAuthProtocolException OtherRange(string purpose, Uri endpoint) => new(
        OAuthErrorId.ResponseIncomplete,
        $"{ShownUrl.Of(endpoint)} answered the {purpose} with another part of the file than the one that is missing.",
        "Delete the file and fetch it from its beginning.");

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

    internal static OAuthProtocolException IdToken(string flaw) => IdToken(
        flaw, "Start again; if it happens again, check the clock of this machine and the registration of the client.");

    internal static OAuthProtocolException IdTokenForged(string flaw) => IdToken(
        flaw, "It may be forged: do not just try again, but tell the administrator of the server.");

    internal static OAuthProtocolException IdTokenParty(string flaw, string? party) => IdToken(
        flaw,
        party is null
            ? "Report it to the administrator of the server."
            : $"If you trust '{WireFormat.Clean(party, [])}', list it in idTokenParties of the provider file; else tell the administrator "
                + "of the server.");

    private static OAuthProtocolException IdToken(string flaw, string action) => new(
        OAuthErrorId.IdTokenInvalid, $"The ID token {flaw}, so neither it nor the tokens beside it are used.", action);

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

    private const string ActionWithoutMetadata =
        "Check the issuer. If the server publishes nothing of itself, register the provider with its endpoints.";

    private static string NoMetadata(string issuer, IEnumerable<string> whatHappened) =>
        $"The metadata of '{WireFormat.Clean(issuer, [])}' was not found. {string.Join(' ', whatHappened)}";

    /// <summary>The server said no. Which words to add depends on its code, and on its status where it gives none.</summary>
    internal static OAuthServerException Refused(Refusal refusal)
    {
        // The codes of RFC 6749 mean what they say at the protocol's own endpoints; an API uses such words for anything.
        var meaning = refusal.IsApiCall
            ? Refusals.ClassifyOfApi(refusal.Status, refusal.RetryAfter)
            : Refusals.Classify(
                refusal.Error is { } code && Refusals.IsCode(code) ? code : Refusals.CodeIn(refusal.Description) ?? refusal.Error,
                refusal.Status,
                refusal.RetryAfter,
                refusal is { Client: not null, IsTooLong: false, Error: null, Description: null });
        var (flaw, action, inputs) = ClientFlaw(refusal, meaning);
        var endpoint = ShownUrl.Of(refusal.Endpoint);
        return new OAuthServerException(
            meaning.Id,
            $"The server refused the {refusal.Purpose} to {endpoint} with status {refusal.Status}. {WordsOf(refusal)}{flaw}",
            action)
        {
            StatusCode = refusal.Status,
            Error = refusal.Error,
            ErrorDescription = refusal.Description,
            Headers = refusal.Headers,
            Body = refusal.Body,
            MediaType = refusal.ShownMediaType,
            RetryAfter = refusal.RetryAfter,
            IsApiCall = refusal.IsApiCall,
            Endpoint = endpoint,
            Inputs = inputs,
        };
    }

    private static string WordsOf(Refusal refusal) => (refusal.Error, refusal.Description) switch
    {
        (null, null) when refusal.IsTooLong => "Its reason exceeds the 1 MiB limit and was discarded.",
        (null, null) when refusal.IsEmpty => "It gave no reason.",
        (null, null) => $"It gave no reason that can be shown ({WireFormat.Show(refusal.MediaType)}).",
        (null, { } description) => $"It says: {Sentence(description)}",
        ({ } error, null) => $"It says: {Sentence(error)}",
        ({ } error, { } description) => $"It says: {error}: {Sentence(description)}",
    };

    // What about the client's credentials may be the cause, where the server says no more than that it does not like them.
    private static (string? Flaw, string Action, IReadOnlyList<OAuthInput> Inputs) ClientFlaw(Refusal refusal, RefusalMeaning meaning)
    {
        const string Without = "Give it without the line break.";
        return !_idsOfClient.Contains(meaning.Id) ? (null, meaning.Action, meaning.Inputs) : refusal.Client switch
        {
            { IdEndsInLineBreak: true } => (" The client id ends in a line break.", Without, [OAuthInput.ClientId]),
            { SecretEndsInLineBreak: true } => (" The client secret ends in a line break.", Without, [OAuthInput.ClientSecret]),
            { IsBasic: true } client when Refusals.MayNotHaveRead(client, meaning.Id, refusal.Description) => (
                null,
                $"{meaning.Action} Some servers take id and secret in the body alone, or in the header without form-encoding.",
                [OAuthInput.ClientAuthentication]),
            _ => (null, meaning.Action, meaning.Inputs),
        };
    }
}
