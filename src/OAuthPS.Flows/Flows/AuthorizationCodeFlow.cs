using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Flows;

/// <summary>A person signs in with a browser; the client exchanges a code (RFC 6749 section 4.1, RFC 7636, RFC 8252).</summary>
internal sealed class AuthorizationCodeFlow : Flow
{
    private static readonly Secret _notYetKnown = new("not yet known");

    internal override OAuthFlow Name => OAuthFlow.AuthorizationCode;

    internal override int Rank => 20;

    internal override string GrantType => GrantTypes.AuthorizationCode;

    internal override bool NeedsPerson => true;

    internal override bool SignsInWithParameters => true;

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) => [ClientOf(provider, mayBePublic: true)];

    internal override bool IsMeant(ConnectRequest request) => base.IsMeant(request)
        || (request.Inputs.Count == 0
            && (request.Client is not null || request.SignIn is { RedirectUri: not null } or { NoBrowser: true }));

    internal override bool Takes(OAuthInput input, OAuthProvider provider) =>
        input is OAuthInput.AuthorizationCode or OAuthInput.SignedRequest or OAuthInput.SignedResponse || base.Takes(input, provider);

    internal override string? FlawOf(OAuthProvider provider) =>
        provider.AuthorizationEndpoint is null ? "a flow of it needs 'authorizationEndpoint'" : null;

    // Where no grant type is listed, the response types tell (OAuth 2.0 Multiple Response Type Encoding Practices).
    internal override bool IsOffered(ServerMetadata metadata) => metadata.GrantTypesSupported is null
        ? metadata.ResponseTypesSupported?.Any(type => type.Split(' ').Contains("code")) ?? true
        : base.IsOffered(metadata);

    internal override async Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken)
    {
        var code = context.Request.Input<AuthorizationCode>()
            ?? await new AuthorizationCodeSignIn(context.SignInOf(this)).RunAsync(cancellationToken).ConfigureAwait(false);
        return new FlowStart(new AuthorizationCodeGrant(code, context.Request.Access), null) { Members = code.Members };
    }

    internal override IEnumerable<string> Preview(FlowContext context)
    {
        var (request, provider) = (context.Request, context.Server.Provider);
        if (request.Input<AuthorizationCode>() is { } code)
        {
            return [Show(new AuthorizationCodeGrant(code, request.Access), context.Server)];
        }

        var expected = new AuthorizationCode(
            _notYetKnown, request.SignIn.RedirectUri ?? "http://127.0.0.1/", provider.SupportsPkce ? _notYetKnown : null);
        return [
            .. new AuthorizationCodeSignIn(context.SignInOf(this)).Preview(),
            Show(new AuthorizationCodeGrant(expected, request.Access), context.Server)];
    }
}

/// <summary>A code from an authorization response, with what its exchange repeats of the authorization request.</summary>
/// <param name="Code">The code (RFC 6749 section 4.1.2).</param>
/// <param name="RedirectUri">The redirect URI, byte for byte as it was sent.</param>
/// <param name="CodeVerifier">The verifier whose challenge was sent (RFC 7636); null when none was.</param>
/// <param name="Nonce">The nonce that was sent (OpenID Connect Core 1.0 section 3.1.2.1); null when no ID token was asked for.</param>
public sealed record AuthorizationCode(
    Secret Code, string? RedirectUri = null, Secret? CodeVerifier = null, string? Nonce = null) : FlowInput
{
    /// <inheritdoc/>
    public override OAuthInput Kind => OAuthInput.AuthorizationCode;

    /// <summary>What the redirect carried besides the code.</summary>
    internal IReadOnlyDictionary<string, ResponseMember> Members { get; init; } = ResponseMembers.None;

    internal override string? EmptyPart => Code.IsEmpty ? "code" : null;
}

/// <summary>The exchange of the code (RFC 6749 section 4.1.3, RFC 7636 section 4.5).</summary>
internal sealed class AuthorizationCodeGrant(AuthorizationCode code, RequestedAccess access) : Grant
{
    internal override OAuthFlow Flow => OAuthFlow.AuthorizationCode;

    internal override bool CanRepeat => false;

    internal override string? Nonce => code.Nonce;

    internal override OAuthRequest CreateRequest(AuthorizationServer server)
    {
        var request = base.CreateRequest(server);
        if (server is { Provider.CodeExchangeSendsClientId: true, Client: { } client })
        {
            request.Parameters.AddMissing(ParameterNames.ClientId, client.ClientId);
        }

        return request;
    }

    private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.AuthorizationCode);
        parameters.Add(ParameterNames.Code, code.Code);
        if (code.RedirectUri is not null && server.Provider.CodeExchangeSendsRedirectUri)
        {
            parameters.Add(ParameterNames.RedirectUri, code.RedirectUri);
        }

        if (code.CodeVerifier is not null)
        {
            parameters.Add(ParameterNames.CodeVerifier, code.CodeVerifier);
        }

        if (server.Provider.CodeExchangeSendsScope)
        {
            access.AddScopeTo(parameters, server.Provider);
        }

        access.AddResourceTo(parameters);
    }
}

/// <summary>The person's part.</summary>
internal sealed class AuthorizationCodeSignIn(SignInContext context) : BrowserSignIn<AuthorizationCode>(context)
{
    private readonly Secret? _verifier = context.Server.Provider.SupportsPkce ? Pkce.CreateVerifier() : null;

    private protected override AuthorizationRequest CreateRequest(Uri endpoint, string clientId, string redirectUri)
    {
        var request = new AuthorizationRequest(endpoint, "code", clientId, redirectUri);
        if (_verifier is not null)
        {
            request.Parameters.Add(ParameterNames.CodeChallenge, Pkce.Challenge(_verifier));
            request.Parameters.Add(ParameterNames.CodeChallengeMethod, Pkce.Method);
        }

        if (Context.Nonce is { } nonce)
        {
            request.Parameters.Add(ParameterNames.Nonce, nonce);
        }

        if (Context.Server.DPoP is { } bound)
        {
            // RFC 9449 section 10: a code that somebody else has caught is of no use without the key either.
            request.Parameters.Add(ParameterNames.DPoPKeyThumbprint, bound.Key.Thumbprint);
        }

        if (Context.Server.Provider.OfflineAccess is { } offline)
        {
            request.Parameters.Add(offline.Name, offline.Value);
        }

        return request;
    }

    private protected override AuthorizationCode Read(Dictionary<string, string> parameters, AuthorizationRequest sent)
    {
        var provider = Context.Server.Provider;
        var response = AuthorizationResponse.Check(parameters, sent, provider);
        return Code(response.RequireCode(), sent) with { Members = response.MembersBeside(sent, provider.TokenResponse?.TextMembers
            ?? []) };
    }

    // Some pages show the code by itself. It has no state to compare; who pastes it has seen where it came from. What has an ampersand is a
    // piece of an address.
    private protected override AuthorizationCode? ReadBare(string pasted, AuthorizationRequest sent) =>
        pasted.Length > 0 && !pasted.Any(char.IsWhiteSpace) && !pasted.Contains("://", StringComparison.Ordinal) && !pasted.Contains('&')
            ? Code(new Secret(pasted), sent)
            : null;

    private AuthorizationCode Code(Secret code, AuthorizationRequest sent) => new(code, sent.RedirectUri, _verifier, Context.Nonce);
}

internal static partial class KnownFlows
{
    internal static Flow AuthorizationCode { get; } = Add(new AuthorizationCodeFlow());
}
