using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Flows;

/// <summary>
/// A person signs in with a browser, and the token itself is in the redirect's fragment (RFC 6749 section 4.2), with an ID token beside it
/// where <c>openid</c> is in the scope.
/// </summary>
internal sealed class ImplicitFlow : Flow
{
    internal override OAuthFlow Name => OAuthFlow.Implicit;

    internal override int Rank => 80;

    internal override string GrantType => "implicit";

    internal override bool NeedsPerson => true;

    internal override bool SignsInWithParameters => true;

    internal override string Warning =>
        "The implicit flow puts the token into the browser's address; RFC 9700 section 2.1.2 advises against it.";

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) => [ClientOf(provider, mayBePublic: true)];

    // Advised against, so only where it is named.
    internal override bool IsMeant(ConnectRequest request) => false;

    internal override bool Takes(OAuthInput input, OAuthProvider provider) =>
        input is OAuthInput.SignedRequest or OAuthInput.SignedResponse || (input != OAuthInput.DPoP && base.Takes(input, provider));

    internal override string? FlawOf(OAuthProvider provider) =>
        provider.AuthorizationEndpoint is null ? "a flow of it needs 'authorizationEndpoint'" : null;

    internal override bool IsOffered(ServerMetadata metadata) =>
        base.IsOffered(metadata)
            && metadata.ResponseTypesSupported?.Any(type => type is "token" or "id_token token" or "token id_token") == true;

    internal override async Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken)
    {
        var signIn = context.SignInOf(this);
        var tokens = await new ImplicitSignIn(signIn).RunAsync(cancellationToken).ConfigureAwait(false);
        foreach (var remark in tokens.Remarks)
        {
            context.Log.Warning(remark);
        }

        return new FlowStart(
            null,
            await context.Server.WithRedirectSubjectAsync(tokens, signIn.Nonce, context.Log, cancellationToken).ConfigureAwait(false));
    }

    internal override IEnumerable<string> Preview(FlowContext context) => new ImplicitSignIn(context.SignInOf(this)).Preview();
}

/// <summary>The person's part.</summary>
internal sealed class ImplicitSignIn(SignInContext context) : BrowserSignIn<TokenResponse>(context)
{
    private protected override ResponseMode DefaultResponseMode => ResponseMode.Fragment;

    private protected override AuthorizationRequest CreateRequest(Uri endpoint, string clientId, string redirectUri)
    {
        // An ID token is asked for where it can be checked: by the issuer's name and keys (OpenID Connect Core 1.0 section 3.2.2.1).
        var type = Context.Nonce is not null && Context.Server.Provider.Issuer is not null ? "id_token token" : "token";
        var request = new AuthorizationRequest(endpoint, type, clientId, redirectUri);
        if (Context.Nonce is { } nonce)
        {
            request.Parameters.Add(ParameterNames.Nonce, nonce);
        }

        return request;
    }

    private protected override TokenResponse Read(Dictionary<string, string> parameters, AuthorizationRequest sent) => TokenResponse.Read(
        AuthorizationResponse.Check(parameters, sent, Context.Server.Provider),
        Context.Server.Clock.GetUtcNow(),
        Context.Server.Provider.TokenResponse?.TextMembers);
}

internal static partial class KnownFlows
{
    internal static Flow Implicit { get; } = Add(new ImplicitFlow());
}
