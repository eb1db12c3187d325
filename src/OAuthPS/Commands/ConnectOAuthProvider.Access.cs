using System.Collections;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.SignIn;
using OAuthPS.Parameters;
using OAuthPS.Values;

namespace OAuthPS.Commands;

/// <content>What is asked for beyond a scope, the grants that are tokens themselves, and how safe the way is made.</content>
public sealed partial class ConnectOAuthProviderCommand
{
    /// <summary>Where the token is to be used: the APIs' own names, absolute URIs (RFC 8707).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Resource { get; set; } = [];

    /// <summary>
    /// Addresses of APIs that the session may call besides the service URL, those that the provider names and those of <c>-Resource</c>:
    /// the token goes to no other origin.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ApiUrlCompleter))]
    [ApiUrlTransformation]
    [ValidateNotNullOrEmpty]
    public Uri[] ApiUrl { get; set; } = [];

    /// <summary>What the token is to be used for, in detail (RFC 9396): hashtables, each with a <c>type</c>, or JSON.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? AuthorizationDetail { get; set; }

    /// <summary>
    /// The token to exchange for another (RFC 8693): a SecureString, text, what <c>Get-OAuthToken</c> gives, or a session for its own.
    /// </summary>
    [Parameter]
    [TokenSourceTransformation]
    public TokenSource? SubjectToken { get; set; }

    /// <summary>
    /// What kind of token it is: a name such as <c>access_token</c>, <c>id_token</c> or <c>jwt</c>, or a URI; an access token when left
    /// out.
    /// </summary>
    [Parameter]
    [TokenType]
    [ArgumentCompleter(typeof(TokenTypeCompleter))]
    public string? SubjectTokenType { get; set; }

    /// <summary>The token of whom acts for the subject (RFC 8693 section 1.1), given likewise.</summary>
    [Parameter]
    [TokenSourceTransformation]
    public TokenSource? ActorToken { get; set; }

    /// <summary>What kind of token that is; an access token when left out.</summary>
    [Parameter]
    [TokenType]
    [ArgumentCompleter(typeof(TokenTypeCompleter))]
    public string? ActorTokenType { get; set; }

    /// <summary>What kind of token is wanted; the server chooses when left out.</summary>
    [Parameter]
    [TokenType]
    [ArgumentCompleter(typeof(TokenTypeCompleter))]
    public string? RequestedTokenType { get; set; }

    /// <summary>Who is to take the token, by their names at the server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Audience { get; set; } = [];

    /// <summary>A JWT to connect with (RFC 7523 section 2.1).</summary>
    [Parameter]
    [SecureStringConversion]
    public SecureString? Assertion { get; set; }

    /// <summary>
    /// Claims of the JWT that the client's key signs in the flow JwtBearer, besides or instead of the usual; <c>$null</c> leaves one out.
    /// </summary>
    [Parameter]
    [DictionaryConversion]
    public IDictionary? AssertionClaim { get; set; }

    /// <summary>
    /// The client's TLS certificate with its private key (RFC 8705): the path of a PKCS #12 or PEM file, or of a certificate
    /// (<c>Cert:\CurrentUser\My\…</c>), a certificate, or the text of a PEM. The tokens may be bound to it.
    /// </summary>
    [Parameter]
    [KeySourceTransformation]
    public KeySource? ClientCertificate { get; set; }

    /// <summary>What its file is encrypted with.</summary>
    [Parameter]
    [SecureStringConversion]
    public SecureString? ClientCertificatePassword { get; set; }

    /// <summary>Binds the tokens to a key of the session's own, so that nobody else can use them (RFC 9449).</summary>
    [Parameter]
    public SwitchParameter DPoP { get; set; }

    /// <summary>
    /// Signs what a sign-in asks for (RFC 9101), with the client's key or secret; only where the provider demands it when left out.
    /// </summary>
    [Parameter]
    public SwitchParameter SignedRequest { get; set; }

    /// <summary>
    /// Asks the server to sign its response to a sign-in (JARM); wherever the provider offers it when left out, and never with
    /// <c>-SignedResponse:$false</c>.
    /// </summary>
    [Parameter]
    public SwitchParameter SignedResponse { get; set; }

    private IReadOnlyList<FlowInput> Inputs()
    {
        FlowInput?[] given =
        [
            Credential?.ToUser(),
            RefreshToken is null ? null : new GivenRefreshToken(RefreshToken.ToSecret()),
            Exchange(),
            Assertion is null ? null : new GivenAssertion(Assertion.ToSecret()),
            AssertionClaim is not { Count: > 0 } ? null : new AssertionClaims(Json.Claims(AssertionClaim, this)),
        ];
        return [.. given.OfType<FlowInput>()];
    }

    private SignInOptions SignInOptions() => new()
    {
        RedirectUri = RedirectUri,
        NoBrowser = NoBrowser,
        Program = "PowerShell",
        Timeout = Timeout ?? Flows.SignIn.SignInOptions.DefaultTimeout,
        SignedRequest = Given(nameof(SignedRequest), SignedRequest),
        SignedResponse = Given(nameof(SignedResponse), SignedResponse),
    };

    private OAuthClient? Client()
    {
        if (ClientCertificatePassword is not null && ClientCertificate is null)
        {
            ThrowTerminatingError(ErrorRecords.BelongingNeeded(nameof(ClientCertificatePassword), "-ClientCertificate"));
        }

        if (ClientId is null && ClientCredential is null && ClientKey is null)
        {
            // A certificate does not say by itself whose it is (RFC 8705 section 2: client_id).
            if (ClientCertificate is not null)
            {
                ThrowTerminatingError(ErrorRecords.BelongingNeeded(nameof(ClientCertificate), "-ClientId or -ClientCredential"));
            }

            return null;
        }

        var certificate = ReadClientCertificate();
        return ClientKey is not null ? ReadClientWithKey(ClientId, certificate)
            : ClientId is not null ? new OAuthClient(ClientId, certificate: certificate)
            : ClientCredential!.ToClient(certificate);
    }

    private X509Certificate2? ReadClientCertificate() => ClientCertificate?.Value switch
    {
        null => null,
        X509Certificate2 certificate => certificate,
        Secret text => Flows.Jose.ClientCertificate.FromText(text, ClientCertificatePassword?.ToSecret()),
        string path when ClientKeyReader.IsStorePath(path) => Flows.Jose.ClientCertificate.FromStore(path),
        string path => Flows.Jose.ClientCertificate.FromFile(FileAt(path), ClientCertificatePassword?.ToSecret()),
        _ => throw Refuse(ErrorRecords.CertificateNeeded()),
    };

    // A switch that is left out says nothing; one that is $false says no.
    private bool? Given(string name, SwitchParameter value) => MyInvocation.BoundParameters.ContainsKey(name) ? value.IsPresent : null;

    private TokenExchange? Exchange() =>
        SubjectToken is null || (ActorToken is null && ActorTokenType is not null)
            ? RefuseWithoutToken()
            : new TokenExchange(Take(SubjectToken))
    {
        SubjectTokenType = SubjectTokenType ?? TokenTypeAttribute.AccessToken,
        ActorToken = ActorToken is null ? null : Take(ActorToken),
        ActorTokenType = ActorTokenType ?? TokenTypeAttribute.AccessToken,
        RequestedTokenType = RequestedTokenType,
        Audience = Audience,
    };

    // A session's own token is renewed when needed, and -WhatIf sends nothing.
    private Secret Take(TokenSource source) => source.Value is null && WantsWhatIf() ? new Secret("not yet known") : Reveal(source);

    // What says more of a token was meant for one.
    private TokenExchange? RefuseWithoutToken()
    {
        if (SubjectToken is not null)
        {
            ThrowTerminatingError(ErrorRecords.BelongingNeeded(nameof(ActorTokenType), "-ActorToken"));
        }

        string[] belonging =
            [nameof(SubjectTokenType), nameof(ActorToken), nameof(ActorTokenType), nameof(RequestedTokenType)];
        var given = belonging.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
        if (given is not null)
        {
            ThrowTerminatingError(ErrorRecords.SubjectTokenNeeded(given));
        }

        return null;
    }
}
