using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>A JWT as the grant (RFC 7523 section 2.1).</summary>
internal sealed class JwtBearerFlow : Flow
{
    internal override OAuthFlow Name => OAuthFlow.JwtBearer;

    internal override int Rank => 60;

    internal override string GrantType => GrantTypes.JwtBearer;

    internal override bool IsOfferedInSilence => true;

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) =>
        [new("a JWT, or a key to sign one with", OAuthInput.Assertion, OAuthInput.ClientKey)];

    internal override IReadOnlyList<OAuthInput> UsualInputs(OAuthProvider provider) => [OAuthInput.Assertion, OAuthInput.ClientSecret];

    internal override bool Takes(OAuthInput input, OAuthProvider provider) =>
        input is OAuthInput.Assertion or OAuthInput.AssertionClaims || base.Takes(input, provider);

    // Claims are for the JWT that the key signs; the user's own is signed already.
    internal override void Check(ConnectRequest request)
    {
        if (request.Input<GivenAssertion>() is not null && request.Input<AssertionClaims>() is not null)
        {
            throw Errors.InputNotUsed(request.Provider.Names, Name.Name, OAuthInput.AssertionClaims, FlowFacts.OfferedBy(request.Provider));
        }
    }

    // A key that signs the grant itself proves the client with it (RFC 7523 section 3.1), unless another proof is asked for besides.
    internal override ClientAuthenticator? Authenticator(ConnectRequest request) =>
        request.ClientAuthentication is null && request.Input<GivenAssertion>() is null ? null : base.Authenticator(request);

    internal override Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken) => With(Grant(context.Request));

    internal override IEnumerable<string> Preview(FlowContext context) => [Show(Grant(context.Request), context.Server)];

    // An assertion that was given is not kept; a key signs another.
    internal override Grant? Reopen(ConnectRequest request) => request.Client?.Key is null ? null : Grant(request);

    private static JwtBearerGrant Grant(ConnectRequest request) => new(
        request.Input<GivenAssertion>()?.Value, request.Client, request.Input<AssertionClaims>()?.Claims
            ?? AssertionClaims.None, request.Access);
}

/// <summary>A JWT the user already has (RFC 7523 section 2.1).</summary>
/// <param name="Value">The JWT.</param>
public sealed record GivenAssertion(Secret Value) : FlowInput
{
    /// <inheritdoc/>
    public override OAuthInput Kind => OAuthInput.Assertion;

    internal override string? EmptyPart => Value.IsEmpty ? "assertion" : null;
}

/// <summary>
/// Claims of the JWT that the client's key signs, besides or instead of the usual ones (RFC 7523 section 3); one that is null is left out.
/// </summary>
/// <param name="Claims">The claims.</param>
public sealed record AssertionClaims(IReadOnlyDictionary<string, JsonElement> Claims) : FlowInput
{
    internal static IReadOnlyDictionary<string, JsonElement> None { get; } = new Dictionary<string, JsonElement>();

    /// <inheritdoc/>
    public override OAuthInput Kind => OAuthInput.AssertionClaims;
}

/// <summary>The grant: a JWT that the user has, or one that the client's key signs for each request.</summary>
/// <param name="assertion">The one the user has; null to sign one.</param>
/// <param name="client">The client with its key; null where the user has an assertion.</param>
/// <param name="claims">What is claimed besides, or instead of, the usual.</param>
/// <param name="access">The access that is asked for.</param>
internal sealed class JwtBearerGrant(
    Secret? assertion, OAuthClient? client, IReadOnlyDictionary<string, JsonElement> claims, RequestedAccess access) : Grant
{
    internal override OAuthFlow Flow => OAuthFlow.JwtBearer;

    internal override bool CanRepeat => true;

    internal override OAuthRequest CreateRequest(AuthorizationServer server)
    {
        var request = base.CreateRequest(server);
        request.IsGrantSigned = assertion is null;
        request.SignedAt ??= assertion is null ? server.Now : null;
        return request;
    }

    private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.JwtBearer);
        parameters.Add(ParameterNames.Assertion, assertion ?? Sign(server));
        access.AddTo(parameters, server.Provider);
    }

    private Secret Sign(AuthorizationServer server)
    {
        var all = new Dictionary<string, JsonElement>(claims);
        if (access.Scope is { } scope)
        {
            // Google takes the scope as a claim alone (https://developers.google.com/identity/protocols/oauth2/service-account);
            // others pass over a claim they do not know (RFC 7519 section 4).
            all.TryAdd(ParameterNames.Scope, JsonSerializer.SerializeToElement(scope, TextJson.Default.String));
        }

        var key = client!.Key!;
        if (key.OmitsSubject)
        {
            all.TryAdd("sub", JsonSerializer.SerializeToElement<string?>(null, TextJson.Default.String!));
        }

        var signed = ClientAssertion.Claims(
            client.Id, server.TokenEndpoint.OriginalString, server.Now, ClientAssertion.DefaultLifetime, all);
        return new Secret(key.Sign(signed, key.AlgorithmFor(server.Provider)));
    }
}

internal static partial class KnownFlows
{
    internal static Flow JwtBearer { get; } = Add(new JwtBearerFlow());
}
