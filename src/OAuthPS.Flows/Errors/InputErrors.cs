using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about what the caller gave, and what they registered.</content>
internal static partial class Errors
{
    internal static OAuthUsageException UrlNotAbsolute(string url) => Usage(
        OAuthErrorId.InvalidUrl,
        $"'{ShownUrl.Of(url)}' is not an absolute URL.",
        "Give the whole address, such as https://api.example.com.");

    internal static OAuthUsageException UrlWithUserInfo(Uri url) => Usage(
        OAuthErrorId.InvalidUrl,
        $"The URL {ShownUrl.Of(url)} has a user name or password in it.",
        "Take it out of the URL and pass it as a credential.");

    internal static OAuthUsageException UrlWithControlCharacter(Uri url) => Usage(
        OAuthErrorId.InvalidUrl,
        $"The URL {ShownUrl.Of(url)} has a control character or an invisible one in it.",
        "Type the address by hand.");

    internal static OAuthUsageException SessionName() => Usage(
        OAuthErrorId.InvalidSessionName,
        "The name of the session has a control character or an invisible one in it.",
        "Give the name without it.");

    internal static OAuthUsageException InsecureUrl(Uri url) => Usage(
        OAuthErrorId.InsecureUrl,
        $"{ShownUrl.Of(url)} is not HTTPS, and credentials would travel in the clear.",
        "Use an https:// address; http:// is for loopback addresses (127.0.0.1, [::1], localhost) alone.");

    internal static OAuthUsageException UnknownProvider(string name, IEnumerable<string> known) => new(
        OAuthErrorId.UnknownProvider,
        $"There is no provider named '{ShownInput.Text(name)}'.",
        $"Known providers: {string.Join(", ", known)}.");

    internal static OAuthUsageException ProviderNotRegistered(string name, IReadOnlyCollection<string> registered) => new(
        OAuthErrorId.UnknownProvider,
        $"There is no registered provider named '{ShownInput.Text(name)}'.",
        registered.Count == 0 ? "None is registered." : $"Registered providers: {string.Join(", ", registered)}.");

    internal static OAuthUsageException ProviderDataInvalid(string name, string flaw) => Usage(
        OAuthErrorId.ProviderDataInvalid,
        $"The provider '{ShownInput.Text(name)}' cannot be registered: {flaw}.",
        "docs/provider-file.md has the members and what they may be.");

    internal static OAuthUsageException ServiceUrlNeeded(ProviderNames provider, string? example) => new(
        OAuthErrorId.ServiceUrlNeeded,
        $"Every customer of {provider.DisplayName} has an address of their own.",
        $"Give yours, such as {example ?? "https://api.example.com"}.")
    {
        Provider = provider.Name,
        Inputs = [OAuthInput.ServiceUrl],
        Example = example,
    };

    internal static OAuthUsageException FlowNotSupported(ProviderNames provider, string flow, IEnumerable<string> offered) => new(
        OAuthErrorId.FlowNotSupported,
        $"{provider.DisplayName} does not offer the flow {flow}.",
        $"It offers {string.Join(", ", offered)}.")
    {
        Provider = provider.Name,
        Flow = flow,
        Inputs = [OAuthInput.Flow],
    };

    internal static OAuthUsageException ClientAuthenticationNotSupported(
        ProviderNames provider, string method, IEnumerable<string> taken) => new(
        OAuthErrorId.ClientAuthenticationNotSupported,
        $"{provider.DisplayName} does not take the client authentication {method}.",
        $"It takes {string.Join(", ", taken)}.")
    {
        Provider = provider.Name,
        Inputs = [OAuthInput.ClientAuthentication],
    };

    internal static OAuthUsageException FlowUnknown(string name, IEnumerable<string> known) => Usage(
        OAuthErrorId.FlowNotSupported,
        $"There is no flow named '{WireFormat.Clean(name, [])}'.",
        $"Known flows: {string.Join(", ", known)}.");

    internal static OAuthUsageException InputNeeded(ProviderNames provider, string flow, string what, params OAuthInput[] anyOf) => new(
        OAuthErrorId.MissingParameter,
        $"{provider.DisplayName} needs {what} for the flow {flow}.",
        "Give it as well.")
    {
        Provider = provider.Name,
        Flow = flow,
        Inputs = anyOf,
    };

    internal static OAuthUsageException InputNotUsed(
        ProviderNames provider, string? flow, OAuthInput input, IReadOnlyList<OfferedFlow> offered) => new(
        OAuthErrorId.ParameterNotUsed,
        $"{(flow is string chosen ? $"The flow {chosen} of {provider.DisplayName}" : provider.DisplayName)} does not use {Words(input)}.",
        "Leave it out, or choose another flow.")
    {
        Provider = provider.Name,
        Flow = flow,
        Inputs = [input],
        Flows = offered,
    };

    internal static OAuthUsageException NothingGiven(
        ProviderNames provider, bool hasVendorCredential, IReadOnlyList<OfferedFlow> offered) => new(
        OAuthErrorId.MissingParameter,
        $"There is nothing to connect to {provider.DisplayName} with.",
        $"Give the credentials of one of its flows: {string.Join(", ", offered.Select(flow => flow.Name))}.")
    {
        Provider = provider.Name,
        Inputs = hasVendorCredential ? [OAuthInput.VendorCredential] : [],
        Flows = offered,
    };

    private static string Words(OAuthInput input) => input switch
    {
        OAuthInput.ClientSecret => "a client",
        OAuthInput.UserCredential => "a user's name and password",
        OAuthInput.RefreshToken => "a refresh token",
        OAuthInput.AuthorizationCode => "a code",
        OAuthInput.SubjectToken => "a token to exchange",
        OAuthInput.Assertion => "an assertion",
        OAuthInput.AssertionClaims => "claims of an assertion",
        OAuthInput.Resource => "a resource",
        OAuthInput.Audience => "an audience",
        OAuthInput.AuthorizationDetails => "authorization details",
        OAuthInput.SignedRequest => "a signed request",
        OAuthInput.SignedResponse => "a signed response",
        OAuthInput.DPoP => "DPoP",
        _ => input.ToString(),
    };

    internal static OAuthUsageException AdditionalParameterTaken(string name) => Usage(
        OAuthErrorId.AdditionalParameterTaken,
        $"The additional parameter '{ShownInput.Text(name)}' is already a part of the request.",
        "Leave it out, or give it with the parameter that is made for it.");

    internal static OAuthUsageException ColonInBasicName() => new(
        OAuthErrorId.InvalidCredential,
        "A client id or user name with a colon in it cannot be sent by HTTP Basic (RFC 7617 section 2).",
        "Choose another client authentication, or check the id for a copying mistake.")
    {
        Inputs = [OAuthInput.ClientAuthentication],
    };

    internal static OAuthUsageException EmptyCredential(string what) => Usage(
        OAuthErrorId.InvalidCredential,
        $"The {what} is empty.",
        "Check where the credential came from: an environment variable or a vault entry that is not set gives an empty one.");

    internal static OAuthUsageException RedirectsFollowed() => Usage(
        OAuthErrorId.RedirectsFollowed,
        "The handler below OAuthSessionHandler follows redirects: "
            + "it would drop the token, and take the session's headers to another origin.",
        "Set its AllowAutoRedirect to false, or use HttpTransport.CreateHandler().");

    internal static OAuthUsageException InvalidHeader(string name) => new(
        OAuthErrorId.InvalidHeader,
        $"The header '{ShownInput.Text(name)}' cannot be sent: its name or value has characters a header must not have, or it is one "
            + $"that each request sets by itself.",
        "Leave out Authorization and DPoP, give the type of a body as the content type, and use printable characters only.")
    {
        Header = ShownInput.Text(name),
    };

    internal static OAuthUsageException InvalidResource(string resource) => Usage(
        OAuthErrorId.InvalidResource,
        $"'{ShownUrl.Of(resource)}' cannot be a resource: an absolute URI without a fragment (RFC 8707 section 2).",
        "Give the resource as the API names itself, such as https://api.example.com/.");

    internal static OAuthUsageException InvalidAuthorizationDetails() => Usage(
        OAuthErrorId.InvalidAuthorizationDetails,
        "The authorization details are not a JSON array of objects, each with a type (RFC 9396 section 2).",
        """Give an array such as [{"type":"payment_initiation","actions":["initiate"]}].""");

    internal static OAuthUsageException BodyNotSent(HttpMethod method) => Usage(
        OAuthErrorId.BodyNotSent,
        $"A {method} request carries no body.",
        "Choose POST, PUT or PATCH, or put the values into the query of the address.");

    internal static OAuthUsageException BodyFile(string path, string flaw) => Usage(
        OAuthErrorId.InvalidBodyFile,
        $"The file {WireFormat.Clean(path, [])} {flaw}.",
        "Give an ordinary file that can be read, or its content as text or bytes.");

    internal static OAuthUsageException InvalidMethod(string name) => Usage(
        OAuthErrorId.InvalidMethod,
        $"'{ShownInput.Text(name)}' cannot be the name of a method (RFC 9110 section 9.1).",
        "Give a word such as PURGE.");

    internal static OAuthUsageException BodyTooLarge(int mebibytes) => Usage(
        OAuthErrorId.InvalidBodyFile,
        $"The body has more than {mebibytes} MiB.",
        "Give a file, which is read while it is sent.");

    internal static OAuthUsageException FileNotWritten(string path, string flaw) => Usage(
        OAuthErrorId.FileNotWritten,
        $"The file {WireFormat.Clean(path, [])} cannot be written: {flaw}.",
        "Give a file in a folder that is there and can be written to.");

    internal static OAuthUsageException InvalidContentType(string contentType) => Usage(
        OAuthErrorId.InvalidContentType,
        $"'{ShownInput.Text(contentType)}' is not a media type.",
        "Give a media type such as application/json or text/plain; charset=utf-8.");

    internal static OAuthUsageException InvalidIssuer(string issuer) => Usage(
        OAuthErrorId.InvalidIssuer,
        $"'{ShownUrl.Of(issuer)}' is not an issuer: an absolute URL without query and fragment (RFC 8414 section 2).",
        "Give it exactly as the server names itself, such as https://login.example.com.");

    internal static OAuthUsageException ProviderName(string name) => Usage(
        OAuthErrorId.InvalidProviderName,
        $"'{ShownInput.Text(name)}' cannot be the name of a provider.",
        "Use letters, digits, dots, hyphens and underscores, 64 at most, a letter or digit first.");

    internal static OAuthUsageException ProviderIsBuiltIn(string name) => Usage(
        OAuthErrorId.ProviderIsBuiltIn,
        $"The provider '{name}' is built in.",
        "Choose another name; for another address of a built-in provider, give that address when you connect.");

    internal static OAuthUsageException ProviderExists(string name) => Usage(
        OAuthErrorId.ProviderExists,
        $"The provider '{name}' is registered already.",
        "Replace it, or choose another name.");

    internal static OAuthUsageException ProviderFileDamaged(string path, string flaw) => Usage(
        OAuthErrorId.ProviderFileInvalid,
        $"The provider file {ShownInput.Path(path)} cannot be used: {flaw}.",
        "Mend it (docs/provider-file.md has the format), or delete it and register the provider again.");

    internal static OAuthConnectionException ProviderFileAccess(string path, Exception inner) => Connection(
        OAuthErrorId.ProviderFileAccess,
        $"The provider file {ShownInput.Path(path)} cannot be read or written.",
        "Check the rights and the free space of its folder.",
        ShownInput.IsPathShown(path) ? inner : null);
}
