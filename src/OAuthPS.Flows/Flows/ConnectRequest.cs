using System.Collections.ObjectModel;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Flows;

/// <summary>What a user gives to connect to a provider.</summary>
public sealed record ConnectRequest
{
    /// <summary>The provider.</summary>
    public required OAuthProvider Provider { get; init; }

    /// <summary>The session's name; the provider's when null.</summary>
    public string? Name { get; init; }

    /// <summary>The flow; the provider's best for what was given when null.</summary>
    public OAuthFlow? Flow { get; init; }

    /// <summary>Where the provider is; its documented address when null.</summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>
    /// What differs from customer to customer in the provider's addresses, by the names of its
    /// <see cref="OAuthProvider.Variables"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The client.</summary>
    public OAuthClient? Client { get; init; }

    /// <summary>Whether the credential that the vendor's own client keeps may be the client; <see cref="Client"/> goes before it.</summary>
    public VendorCredentialUse VendorCredential { get; init; }

    /// <summary>How the client authenticates; the provider's best for what the client has when null.</summary>
    public ClientAuthenticationMethod? ClientAuthentication { get; init; }

    /// <summary>What belongs to one flow, such as a <see cref="UserCredential"/> or a <see cref="GivenRefreshToken"/>.</summary>
    public IReadOnlyList<FlowInput> Inputs { get; init; } = [];

    /// <summary>How a person signs in.</summary>
    public SignInOptions SignIn { get; init; } = SignInOptions.Default;

    /// <summary>The scope tokens to ask for (RFC 6749 section 3.3).</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>Where the token is used: absolute URIs (RFC 8707).</summary>
    public IReadOnlyList<string> Resource { get; init; } = [];

    /// <summary>
    /// Addresses of APIs whose origins (RFC 6454) take the token besides the service URL's and those that <see cref="Provider"/> and
    /// <see cref="Resource"/> name. Where none of these names one, the first other origin that is called is the one.
    /// </summary>
    public IReadOnlyList<Uri> ApiUrls { get; init; } = [];

    /// <summary>
    /// Whom the token is for, by the names that APIs have at the server: where it is not an exchange, a parameter that some servers take
    /// with any grant. Of an exchange, <see cref="TokenExchange.Audience"/> says it.
    /// </summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>
    /// What the token is used for, in detail: a JSON array of objects, each with a <c>type</c> (RFC 9396); null for none.
    /// </summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary>Headers that go with every API call.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Parameters to send besides those of the grant.</summary>
    public IReadOnlyDictionary<string, string> AdditionalParameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether the tokens are bound to a key of the session's own (RFC 9449), so that nobody else can use them.</summary>
    public bool DPoP { get; init; }

    /// <summary>How servers are reached, for all that the session sends; as the transport does when null.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>The time for one request and its response.</summary>
    public TimeSpan Timeout { get; init; } = HttpTransport.DefaultTimeout;

    /// <summary>The input of that type; null when it was not given.</summary>
    public T? Input<T>()
        where T : FlowInput => Inputs.OfType<T>().FirstOrDefault();

    /// <summary>This request with an input, in the place of one of the same type.</summary>
    public ConnectRequest With<T>(T input)
        where T : FlowInput => this with { Inputs = [.. Inputs.Where(other => other is not T), input] };

    /// <summary>This request without the inputs of a type.</summary>
    public ConnectRequest Without<T>()
        where T : FlowInput => this with { Inputs = [.. Inputs.Where(other => other is not T)] };

    /// <summary>The key of a session that is opened again; a fresh one is made when null.</summary>
    internal DPoPKey? DPoPKey { get; init; }

    /// <summary>How another process found the server to take the client; null where it found nothing.</summary>
    internal string? FoundClientAuthentication { get; init; }

    internal RequestedAccess Access => new(ScopeText, Resource, AuthorizationDetails) { Audience = Audience };

    internal string? ScopeText => Scope.Count == 0 ? null : string.Join(' ', Scope);

    internal string SessionName => Name ?? Provider.Name;

    /// <summary>The inputs that were given and that only some flows take, exclusive ones first.</summary>
    internal IEnumerable<OAuthInput> Given()
    {
        foreach (var input in Inputs)
        {
            yield return input.Kind;
        }

        (OAuthInput Input, bool IsGiven)[] others =
        [
            (OAuthInput.ClientSecret, Client is not null),
            (OAuthInput.Resource, Resource.Count > 0),
            (OAuthInput.Audience, Audience.Count > 0),
            (OAuthInput.AuthorizationDetails, AuthorizationDetails is not null),
            (OAuthInput.SignedRequest, SignIn.SignedRequest == true),
            (OAuthInput.SignedResponse, SignIn.SignedResponse == true),
            (OAuthInput.DPoP, DPoP),
        ];
        foreach (var (input, _) in others.Where(other => other.IsGiven))
        {
            yield return input;
        }
    }
}

/// <summary>
/// Whether a connection may use the credential that the vendor's own client keeps (<see cref="OAuthProvider.VendorCredential"/>).
/// </summary>
public enum VendorCredentialUse
{
    /// <summary>It is not looked for.</summary>
    Never,

    /// <summary>It is used at the provider's own address, where the flow could be client credentials and no credential was given.</summary>
    WhenNothingElse,

    /// <summary>It is used, at whatever address is given; that there is none is an error.</summary>
    Required,
}
