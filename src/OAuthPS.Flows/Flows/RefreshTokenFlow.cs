using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;

namespace OAuthPS.Flows.Flows;

/// <summary>A refresh token that the user already has (RFC 6749 section 6).</summary>
internal sealed class RefreshTokenFlow : Flow
{
    internal override OAuthFlow Name => OAuthFlow.RefreshToken;

    internal override int Rank => 40;

    internal override string GrantType => GrantTypes.RefreshToken;

    internal override bool IsOfferedInSilence => true;

    internal override IReadOnlyList<FlowNeed> Needs(OAuthProvider provider) =>
        [new("a refresh token", OAuthInput.RefreshToken), ClientOf(provider, mayBePublic: true)];

    internal override bool Takes(OAuthInput input, OAuthProvider provider) =>
        input == OAuthInput.RefreshToken
        || (input is not (OAuthInput.Audience or OAuthInput.AuthorizationDetails) && base.Takes(input, provider));

    internal override async Task<FlowStart> StartAsync(FlowContext context, CancellationToken cancellationToken)
    {
        var given = new GivenTokenUse(context.Server, context.Request.Input<GivenRefreshToken>()!.Value);
        var newest = await given.NewestAsync(cancellationToken).ConfigureAwait(false);
        return new(new RefreshTokenGrant(newest, context.Request.Access), null) { GivenToken = given };
    }

    internal override IEnumerable<string> Preview(FlowContext context) =>
        [Show(new RefreshTokenGrant(context.Request.Input<GivenRefreshToken>()!.Value, context.Request.Access), context.Server)];
}

/// <summary>A refresh token the user already has.</summary>
/// <param name="Value">The token.</param>
public sealed record GivenRefreshToken(Secret Value) : FlowInput
{
    /// <inheritdoc/>
    public override OAuthInput Kind => OAuthInput.RefreshToken;

    internal override string? EmptyPart => Value.IsEmpty ? "refresh token" : null;
}

/// <summary>The grant (RFC 6749 section 6), also of every renewal.</summary>
internal sealed class RefreshTokenGrant(Secret refreshToken, RequestedAccess access) : Grant
{
    internal override OAuthFlow Flow => OAuthFlow.RefreshToken;

    // The response may have another refresh token: the session uses that one, not this grant again.
    internal override bool CanRepeat => false;

    internal override Secret RefreshToken => refreshToken;

    // A token that is used up by the first try would end the session at the second (RFC 9700 section 4.14.2).
    internal override bool IsSafeToResend(OAuthProvider provider) => provider.RefreshTokens == RefreshTokenUse.Reusable;

    private protected override void AddParameters(RequestParameters parameters, AuthorizationServer server)
    {
        parameters.Add(ParameterNames.GrantType, GrantTypes.RefreshToken);
        parameters.Add(ParameterNames.RefreshToken, refreshToken);
        if (server.Provider.RefreshSendsScope)
        {
            access.AddScopeTo(parameters, server.Provider);
        }

        access.AddResourceTo(parameters);
    }
}

internal static partial class KnownFlows
{
    internal static Flow RefreshToken { get; } = Add(new RefreshTokenFlow());
}
