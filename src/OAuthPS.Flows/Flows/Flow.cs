using System.Net.Http.Headers;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>
/// A way to a session, whole: what it needs and refuses, when it is meant, its grant, its part of a sign-in, its preview, and how it
/// is opened again. Each is a file beside this one, and adds itself to <see cref="KnownFlows"/>.
/// </summary>
internal abstract class Flow
{
    /// <summary>The name.</summary>
    internal abstract OAuthFlow Name { get; }

    /// <summary>How it ranks among the flows that a server announces; the lowest is offered first.</summary>
    internal abstract int Rank { get; }

    /// <summary>
    /// The grant type by which metadata lists it (RFC 8414 <c>grant_types_supported</c>); null where metadata has no word for it.
    /// </summary>
    internal virtual string? GrantType => null;

    /// <summary>Whether a person signs in: what they agree to is a scope.</summary>
    internal virtual bool NeedsPerson => false;

    /// <summary>Whether the additional parameters belong to the sign-in, and not to the token request.</summary>
    internal virtual bool SignsInWithParameters => false;

    /// <summary>What it cannot start without at a provider.</summary>
    internal abstract IReadOnlyList<FlowNeed> Needs(OAuthProvider provider);

    /// <summary>The inputs of a usual request for it: where a person signs in, a client without a secret will do.</summary>
    internal virtual IReadOnlyList<OAuthInput> UsualInputs(OAuthProvider provider) =>
        [.. Needs(provider).Select(need => NeedsPerson && need.AnyOf.Contains(OAuthInput.ClientId) ? OAuthInput.ClientId : need.AnyOf[0])];

    /// <summary>Whether what was given says that this flow is meant. Asked of the provider's flows in their order.</summary>
    internal virtual bool IsMeant(ConnectRequest request) => request.Inputs.Any(input => Takes(input.Kind, request.Provider));

    /// <summary>Whether it makes use of an input.</summary>
    internal virtual bool Takes(OAuthInput input, OAuthProvider provider) =>
        input is OAuthInput.ClientSecret or OAuthInput.Resource or OAuthInput.Audience or OAuthInput.AuthorizationDetails
            or OAuthInput.DPoP;

    /// <summary>What is to be said against the request that needs and inputs do not tell.</summary>
    /// <exception cref="OAuthUsageException">It does not do.</exception>
    internal virtual void Check(ConnectRequest request)
    {
    }

    /// <summary>Why it is advised against; null when it is not.</summary>
    internal virtual string? Warning => null;

    /// <summary>What a provider lacks that offers this flow; null when nothing.</summary>
    internal virtual string? FlawOf(OAuthProvider provider) => null;

    /// <summary>
    /// Whether a server that lists no grant types is taken to offer it. RFC 8414 section 2 takes such a server for one of
    /// <c>authorization_code</c> and <c>implicit</c>; but large ones list none and offer more (Microsoft Entra, Apple, Amazon Cognito), and
    /// the server itself refuses what it does not offer. The flows that RFC 9700 advises against must be listed, or asked for by name.
    /// </summary>
    internal virtual bool IsOfferedInSilence => false;

    /// <summary>Whether a server's metadata offers it, its endpoint apart.</summary>
    internal virtual bool IsOffered(ServerMetadata metadata) =>
        GrantType is { } grantType && (metadata.GrantTypesSupported?.Contains(grantType) ?? IsOfferedInSilence);

    /// <summary>How the client proves who it is; null where it does not, or the grant does.</summary>
    internal virtual ClientAuthenticator? Authenticator(ConnectRequest request) =>
        request.Client is null ? null : ClientAuthenticator.Create(request.Provider, Name, request.Client, request.ClientAuthentication);

    /// <summary>What every API call carries in the place of a token; null where a token is used.</summary>
    internal virtual AuthenticationHeaderValue? AuthorizationOfEachCall(ConnectRequest request) => null;

    /// <summary>Whether a session of it has no token at a provider.</summary>
    internal virtual bool HasNoToken(OAuthProvider provider) => false;

    /// <summary>The headers that API calls of its sessions need: without a token, not those that go with one.</summary>
    internal IEnumerable<ApiHeader> ApiHeaders(OAuthProvider provider) =>
        provider.ApiHeaders.Where(header => !header.BearerTokenOnly || !HasNoToken(provider));

    /// <summary>What the session starts with; a flow with a person asks them here.</summary>
    /// <exception cref="OAuthException">The person or the server said no.</exception>
    internal abstract Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken);

    /// <summary>The requests it would send, a line each, secrets replaced.</summary>
    internal abstract IEnumerable<string> Preview(FlowContext context);

    /// <summary>The grant of a session that a vault has kept; null where it needs a person, or what is not kept.</summary>
    internal virtual Grant? Reopen(ConnectRequest request) => null;

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name.Name;

    private protected static Task<FlowStart> With(Grant grant) => Task.FromResult(new FlowStart(grant, null));

    private protected static string Show(Grant grant, AuthorizationServer server) => grant.CreateRequest(server).ToString();

    private protected static FlowNeed ClientOf(OAuthProvider provider, bool mayBePublic = false) => FlowNeed.Client(
        provider.ClientAuthentications.Contains(ClientAuthenticationMethod.PrivateKeyJwt), mayBePublic
            && provider.ClientAuthentications.Contains(ClientAuthenticationMethod.None));
}
