using System.Runtime.CompilerServices;

namespace OAuthPS.Flows;

/// <summary>
/// The stable identifier of a failure, and of which sort it is. These are all there are: nobody else can make one, and
/// docs/errors.md has a line for each.
/// </summary>
public sealed partial class OAuthErrorId
{
    private OAuthErrorId(OAuthErrorKind kind, [CallerMemberName] string name = "")
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>The identifier as scripts see it, such as <c>InvalidClient</c>.</summary>
    public string Name { get; }

    /// <summary>The sort of failure.</summary>
    public OAuthErrorKind Kind { get; }

    /// <summary>The identifier.</summary>
    public override string ToString() => Name;

    // What the caller gave.
    /// <summary>Something that the flow, or another parameter, needs is not given.</summary>
    public static OAuthErrorId MissingParameter { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>Something is given that the flow does not use, so another flow was probably meant.</summary>
    public static OAuthErrorId ParameterNotUsed { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>An additional parameter is already a part of the request.</summary>
    public static OAuthErrorId AdditionalParameterTaken { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A resource is not an absolute URI, or has a fragment (RFC 8707).</summary>
    public static OAuthErrorId InvalidResource { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The authorization details are not objects with a type each, or not what the server takes (RFC 9396).</summary>
    public static OAuthErrorId InvalidAuthorizationDetails { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A credential is empty, or cannot be sent by HTTP Basic.</summary>
    public static OAuthErrorId InvalidCredential { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>An address is not absolute, or has a user name, a password or a control character in it.</summary>
    public static OAuthErrorId InvalidUrl { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>An address is plain HTTP, and credentials would travel in the clear.</summary>
    public static OAuthErrorId InsecureUrl { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The redirect URI is not an absolute URL, or has a fragment.</summary>
    public static OAuthErrorId InvalidRedirectUri { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The name of a session has a control character or an invisible one.</summary>
    public static OAuthErrorId InvalidSessionName { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A header cannot be sent, or is one that the module sets by itself.</summary>
    public static OAuthErrorId InvalidHeader { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A program gives a session to an HTTP client that follows redirects by itself.</summary>
    public static OAuthErrorId RedirectsFollowed { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The proxy that is given cannot be used as one, or contradicts what is given with it.</summary>
    public static OAuthErrorId InvalidProxy { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>What is given as a certificate authority is not there, cannot be read, or is no certificate of one.</summary>
    public static OAuthErrorId InvalidCertificateAuthority { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The content type is not a media type.</summary>
    public static OAuthErrorId InvalidContentType { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The method carries no body.</summary>
    public static OAuthErrorId BodyNotSent { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The file of a body is not there, cannot be read, is too large, empty, or no ordinary file.</summary>
    public static OAuthErrorId InvalidBodyFile { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A field of a query or a form has fields of its own.</summary>
    public static OAuthErrorId InvalidFormField { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>What was given cannot be the name of a method.</summary>
    public static OAuthErrorId InvalidMethod { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>Two things are given of which only one can be meant.</summary>
    public static OAuthErrorId ParametersConflict { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>What names the page after this one gives neither an address nor parameters.</summary>
    public static OAuthErrorId NextPageInvalid { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The page after this one has been read already.</summary>
    public static OAuthErrorId PagesRepeat { get; } = new(OAuthErrorKind.LimitsExceeded);
    /// <summary>The file that a response goes into cannot be written.</summary>
    public static OAuthErrorId FileNotWritten { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>An object cannot be sent as JSON: it is nested too deep, too large, or still at work.</summary>
    public static OAuthErrorId InvalidJsonValue { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>Every customer of the provider has an address of their own.</summary>
    public static OAuthErrorId ServiceUrlNeeded { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The addresses of the provider have a part that differs from customer to customer, such as a tenant.</summary>
    public static OAuthErrorId VariableNeeded { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A tenant, region or the like cannot stand in an address, or the provider has none of that name.</summary>
    public static OAuthErrorId InvalidVariable { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The provider does not offer the flow.</summary>
    public static OAuthErrorId FlowNotSupported { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The provider does not take this client authentication.</summary>
    public static OAuthErrorId ClientAuthenticationNotSupported { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The session is of a provider without App Credentials.</summary>
    public static OAuthErrorId AppCredentialsNotSupported { get; } = new(OAuthErrorKind.NotSupported);

    // Providers.
    /// <summary>There is no provider of that name.</summary>
    public static OAuthErrorId UnknownProvider { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>The name cannot be that of a provider.</summary>
    public static OAuthErrorId InvalidProviderName { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The issuer is not an absolute URL without query and fragment.</summary>
    public static OAuthErrorId InvalidIssuer { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A built-in provider has that name.</summary>
    public static OAuthErrorId ProviderIsBuiltIn { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A registered provider has that name.</summary>
    public static OAuthErrorId ProviderExists { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>What is to be registered lacks something or contradicts itself.</summary>
    public static OAuthErrorId ProviderDataInvalid { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A provider file is damaged or not of this format.</summary>
    public static OAuthErrorId ProviderFileInvalid { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A provider file cannot be read or written.</summary>
    public static OAuthErrorId ProviderFileAccess { get; } = new(OAuthErrorKind.Connection);
    /// <summary>The server's metadata names an endpoint that is not HTTPS.</summary>
    public static OAuthErrorId MetadataInsecure { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The server's metadata has no token endpoint.</summary>
    public static OAuthErrorId MetadataIncomplete { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The metadata found is of another issuer (RFC 8414 section 3.3).</summary>
    public static OAuthErrorId IssuerMismatch { get; } = new(OAuthErrorKind.InvalidResponse);
}
