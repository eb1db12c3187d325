using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Sessions;

/// <summary>Which flow to take: the one asked for, or the provider's best for what was given.</summary>
internal static class FlowChoice
{
    /// <exception cref="OAuthUsageException">The provider has no such flow, or none for what was given, or something is missing.</exception>
    internal static OAuthFlow Choose(ConnectRequest request)
    {
        var provider = request.Provider;
        if (Empty(request) is { } what)
        {
            throw Errors.EmptyCredential(what);
        }

        if (request.Flow is { } asked)
        {
            return provider.Flows.Contains(asked) ? Require(request, asked) : throw Errors.FlowNotSupported(provider, asked);
        }

        if (request.User is not null && !provider.Flows.Any(flow => UsesUser(provider, flow)))
        {
            throw Errors.ParameterNotUsed(provider, flow: null, "-Credential");
        }

        foreach (var flow in provider.Flows)
        {
            if (IsMeant(request, flow))
            {
                return Require(request, flow);
            }
        }

        throw Errors.NothingGiven(provider);
    }

    // What was given says what is meant: a refresh token its flow, a user's password one that uses it, a client what a
    // client can do by itself, a client without a secret or a redirect URI a sign-in.
    private static bool IsMeant(ConnectRequest request, OAuthFlow flow) => request switch
    {
        { RefreshToken: not null } => flow == OAuthFlow.RefreshToken,
        { TokenExchange: not null } => flow == OAuthFlow.TokenExchange,
        { Assertion: not null } => flow == OAuthFlow.JwtBearer,
        { Code: not null } => flow == OAuthFlow.AuthorizationCode,
        { SignIn: { RedirectUri: not null } or { NoBrowser: true } } => flow == OAuthFlow.AuthorizationCode,
        { User: not null } => UsesUser(request.Provider, flow),
        { Client: { ClientSecret: null, Key: null, Certificate: null } } => flow is OAuthFlow.AuthorizationCode or OAuthFlow.DeviceCode,
        { Client: not null } => flow is OAuthFlow.ClientCredentials or OAuthFlow.AuthorizationCode or OAuthFlow.DeviceCode
            || (flow == OAuthFlow.Basic && request.Provider.Basic!.Credential == BasicCredential.Client),
        _ => false,
    };

    /// <summary>Whether a flow cannot do without a client at a provider.</summary>
    internal static bool NeedsClient(OAuthProvider provider, OAuthFlow flow) => flow switch
    {
        OAuthFlow.Basic => provider.Basic!.Credential == BasicCredential.Client,
        OAuthFlow.Password => provider.PasswordNeedsClient,
        OAuthFlow.TokenExchange or OAuthFlow.JwtBearer => false,
        _ => true,
    };

    private static bool UsesUser(OAuthProvider provider, OAuthFlow flow) =>
        flow == OAuthFlow.Password || (flow == OAuthFlow.Basic && provider.Basic!.Credential == BasicCredential.User);

    private static OAuthFlow Require(ConnectRequest request, OAuthFlow flow)
    {
        var provider = request.Provider;
        var needsUser = UsesUser(provider, flow);
        var needsClient = NeedsClient(provider, flow);
        if (needsUser && request.User is null)
        {
            throw Errors.ParameterNeeded(provider, flow, "the user's name and password", "-Credential");
        }

        // What was given and is not used was meant for something: better said than left out.
        if (!needsUser && request.User is not null)
        {
            throw Errors.ParameterNotUsed(provider, flow, "-Credential");
        }

        if (NotUsed(request, flow) is { } parameter)
        {
            throw Errors.ParameterNotUsed(provider, flow, parameter);
        }

        if (needsClient && request.Client is null)
        {
            throw Errors.ParameterNeeded(provider, flow, "the client id and secret", "-ClientCredential");
        }

        if (flow == OAuthFlow.Basic && needsClient && request.Client!.ClientSecret is null)
        {
            throw Errors.ParameterNeeded(provider, flow, "the client's secret besides its id", "-ClientCredential");
        }

        if (flow == OAuthFlow.RefreshToken && request.RefreshToken is null)
        {
            throw Errors.ParameterNeeded(provider, flow, "a refresh token", "-RefreshToken");
        }

        if (flow == OAuthFlow.TokenExchange && request.TokenExchange is null)
        {
            throw Errors.ParameterNeeded(provider, flow, "the token to exchange", "-SubjectToken");
        }

        if (flow == OAuthFlow.JwtBearer && request is { Assertion: null, Client: null or { Key: null } })
        {
            throw Errors.ParameterNeeded(provider, flow, "a JWT, or a key to sign one with", "-Assertion, or with -ClientId and -ClientKey");
        }

        if (provider.ScopeNeededBy.Contains(flow) && request.Scope.Count == 0)
        {
            throw Errors.ParameterNeeded(provider, flow, "a scope", "-Scope");
        }

        return flow;
    }

    private static string? Empty(ConnectRequest request) => request switch
    {
        { RefreshToken.IsEmpty: true } => "refresh token",
        { Assertion.IsEmpty: true } => "assertion",
        { TokenExchange.SubjectToken.IsEmpty: true } => "subject token",
        { TokenExchange.ActorToken.IsEmpty: true } => "actor token",
        _ => null,
    };

    // What is left of what belongs to one flow alone, and to another than this one.
    private static string? NotUsed(ConnectRequest request, OAuthFlow flow) => request switch
    {
        { RefreshToken: not null } when flow != OAuthFlow.RefreshToken => "-RefreshToken",
        { TokenExchange: not null } when flow != OAuthFlow.TokenExchange => "-SubjectToken",
        { Assertion: not null } when flow != OAuthFlow.JwtBearer => "-Assertion",
        { AssertionClaims.Count: > 0 } when flow != OAuthFlow.JwtBearer || request.Assertion is not null => "-AssertionClaim",
        { Client: not null } when flow == OAuthFlow.Basic && !NeedsClient(request.Provider, flow) => "-ClientCredential",
        { Resource.Count: > 0 } when flow == OAuthFlow.Basic => "-Resource",
        { AuthorizationDetails: not null } when flow is OAuthFlow.Basic or OAuthFlow.RefreshToken => "-AuthorizationDetail",
        { SignIn.SignedRequest: true } when flow is not (OAuthFlow.AuthorizationCode or OAuthFlow.Implicit) => "-SignedRequest",
        { SignIn.SignedResponse: true } when flow is not (OAuthFlow.AuthorizationCode or OAuthFlow.Implicit) => "-SignedResponse",
        _ => null,
    };
}
