using System.Collections.ObjectModel;
using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Grants;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Sessions;

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

    /// <summary>The client.</summary>
    public OAuthClient? Client { get; init; }

    /// <summary>Whether the credential that the vendor's own client keeps may be the client; one given as <see cref="Client"/> goes before it.</summary>
    public VendorCredentialUse VendorCredential { get; init; }

    /// <summary>How the client authenticates; the provider's best for what the client has when null.</summary>
    public ClientAuthenticationMethod? ClientAuthentication { get; init; }

    /// <summary>The user's name and password.</summary>
    public UserCredential? User { get; init; }

    /// <summary>A refresh token the user already has.</summary>
    public Secret? RefreshToken { get; init; }

    /// <summary>The token that the flow <see cref="OAuthFlow.TokenExchange"/> exchanges.</summary>
    public TokenExchange? TokenExchange { get; init; }

    /// <summary>The JWT of the flow <see cref="OAuthFlow.JwtBearer"/>; one signed with the client's key when null.</summary>
    public Secret? Assertion { get; init; }

    /// <summary>What the claims of an assertion signed with the client's key are besides, or instead of, the usual ones (RFC 7523 section 3); one that is null is left out.</summary>
    public IReadOnlyDictionary<string, JsonElement> AssertionClaims { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>What a person's sign-in brought.</summary>
    public AuthorizationCode? Code { get; init; }

    /// <summary>How a person signs in.</summary>
    public SignInOptions SignIn { get; init; } = SignInOptions.Default;

    /// <summary>The scope tokens to ask for (RFC 6749 section 3.3).</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>Where the token is to be used: absolute URIs (RFC 8707).</summary>
    public IReadOnlyList<string> Resource { get; init; } = [];

    /// <summary>What the token is to be used for, in detail: a JSON array of objects, each with a <c>type</c> (RFC 9396); null for none.</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary>Headers that go with every API call.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Parameters to send besides those of the grant.</summary>
    public IReadOnlyDictionary<string, string> AdditionalParameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether the tokens are to be bound to a key of the session's own (RFC 9449), so that nobody else can use them.</summary>
    public bool DPoP { get; init; }

    /// <summary>The time for one request and its answer.</summary>
    public TimeSpan Timeout { get; init; } = HttpTransport.DefaultTimeout;

    /// <summary>The token answer that a sign-in itself brought: in the redirect of the implicit flow, or to the device code.</summary>
    internal TokenResponse? SignInAnswer { get; init; }

    /// <summary>The key of a session that is opened again; a fresh one is made when null.</summary>
    internal DPoPKey? DPoPKey { get; init; }

    internal RequestedAccess Access => new(ScopeText, Resource, AuthorizationDetails);

    internal string? ScopeText => Scope.Count == 0 ? null : string.Join(' ', Scope);
}

/// <summary>A code from an authorization answer, with what its exchange repeats of the authorization request.</summary>
/// <param name="Code">The code (RFC 6749 section 4.1.2).</param>
/// <param name="RedirectUri">The redirect URI, byte for byte as it was sent.</param>
/// <param name="CodeVerifier">The verifier whose challenge was sent (RFC 7636); null when none was.</param>
/// <param name="Nonce">The nonce that was sent (OpenID Connect Core 1.0 section 3.1.2.1); null when no ID token was asked for.</param>
public sealed record AuthorizationCode(Secret Code, string? RedirectUri = null, Secret? CodeVerifier = null, string? Nonce = null);
