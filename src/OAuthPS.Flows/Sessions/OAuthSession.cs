using System.Text.Json;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Tokens;
using OAuthPS.Flows.Vaults;

namespace OAuthPS.Flows.Sessions;

/// <summary>
/// A token in use: valid whenever it is asked for, renewed when needed, by one request however many ask. Safe to use from
/// many threads at once. Its public properties show no secret.
/// </summary>
public sealed class OAuthSession
{
    private readonly AuthorizationServer _server;
    private readonly SessionTokens? _tokens;
    private readonly ApiAccess _api;

    internal OAuthSession(
        string name, OAuthFlow flow, AuthorizationServer server, SessionTokens? tokens, ApiAccess api, ConnectRequest origin)
    {
        Name = name;
        Flow = flow;
        _server = server;
        _tokens = tokens;
        _api = api;
        Origin = origin;
    }

    /// <summary>The name it goes by.</summary>
    public string Name { get; }

    /// <summary>The provider's name.</summary>
    public string Provider => _server.Provider.Name;

    /// <summary>Where the provider is.</summary>
    public Uri ServiceUrl => _server.ServiceUrl;

    /// <summary>The origins (RFC 6454) that its token may go to; in time the first other one called, where no API was named.</summary>
    public IReadOnlyList<Uri> ApiUrls => _api.Origins.All;

    /// <summary>How its servers are reached, where that was said; null where the process says it.</summary>
    public NetworkOptions? Network => Origin.Network;

    /// <summary>The flow that opened it.</summary>
    public OAuthFlow Flow { get; }

    /// <summary>The scope granted, else the one asked for; null when neither is known.</summary>
    public string? Scope => _tokens?.State?.Token.Scope ?? (_server.Provider.SendsScope ? Origin.ScopeText : null);

    /// <summary>Who signed in, by the checked ID token (OpenID Connect Core 1.0 section 2); null where there is none.</summary>
    public string? Subject => _tokens?.State?.Subject;

    /// <summary>
    /// The last ID token that the server gave; null where it gave none. It was checked where <see cref="Issuer"/> is known (OpenID Connect
    /// Core 1.0 section 3.1.3.7), and its end may have come.
    /// </summary>
    public Secret? IdToken => _tokens?.State?.IdToken;

    /// <summary>From when on the token is no longer valid, UTC; null when that is not known or there is no token.</summary>
    public DateTimeOffset? ExpiresAt => _tokens?.State?.Token.ExpiresAt;

    /// <summary>From when on the refresh token is no longer valid, UTC; null when the server did not say or there is none.</summary>
    public DateTimeOffset? RefreshTokenExpiresAt =>
        _tokens?.State is { RefreshToken: not null } state ? state.RefreshTokenSpan?.ExpiresAt : null;

    /// <summary>
    /// What the server has said besides the token, in its responses and in the redirect of a sign-in, by its own names. A renewal replaces
    /// those that its response has.
    /// </summary>
    public IReadOnlyDictionary<string, ResponseMember> Members => _tokens?.State?.Members ?? ResponseMembers.None;

    /// <summary>The vault that keeps it; null when none does.</summary>
    public string? Vault { get; private set; }

    /// <summary>Whether the token is past its end. A session that can be renewed is of use all the same.</summary>
    public bool IsExpired =>
        _tokens is not null && (_tokens.State is not { } state || !state.IsValid(_server.Clock.GetUtcNow(), TimeSpan.Zero));

    /// <summary>Whether it can get another token by itself, without a person.</summary>
    public bool CanRefresh => _tokens?.CanRenew ?? false;

    /// <summary>
    /// A token that is valid now, renewed first when less than its margin is left: 60 s, or a tenth of its life if that is shorter.
    /// </summary>
    /// <param name="minimumLifetime">For how long at least it must be valid.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">
    /// Ends the wait. A renewal under way ends with the last who waits for it, unless a refresh token is sent already.
    /// </param>
    /// <exception cref="OAuthException">It could not be renewed. The session is as it was.</exception>
    public ValueTask<AccessToken> GetTokenAsync(
        TimeSpan minimumLifetime = default, IFlowLog? log = null, CancellationToken cancellationToken = default) =>
        Tokens.GetAsync(minimumLifetime, log ?? NoFlowLog.Instance, cancellationToken);

    /// <summary>Renews whatever the clock says.</summary>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OAuthException">It could not be renewed. The session is as it was.</exception>
    public Task<AccessToken> RenewAsync(IFlowLog? log = null, CancellationToken cancellationToken = default) =>
        Tokens.RenewAsync(log ?? NoFlowLog.Instance, cancellationToken);

    /// <summary>
    /// Revokes the token at the provider (RFC 7009): the refresh token where there is one, which ends the access token with it
    /// (section 2.1), and ends the session. Where the provider documents no revocation, the tokens are forgotten with a warning.
    /// </summary>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="OAuthException">The provider did not revoke it. The session is as it was.</exception>
    public async Task RevokeAsync(IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        log ??= NoFlowLog.Instance;
        var tokens = _tokens ?? throw Errors.NothingToRevoke(Name);
        var state = await tokens.InForceAsync(cancellationToken).ConfigureAwait(false);
        await _server.FollowMetadataAsync(log, cancellationToken).ConfigureAwait(false);
        if (_server.Provider.RevocationEndpoint is { } path)
        {
            var (token, hint) = state.RefreshToken is { } refreshToken
                ? (refreshToken, ParameterNames.RefreshToken)
                : (state.Token.Value, "access_token");
            await _server.RevokeAsync(path, token, hint, log, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            log.Warning(Notices.NotRevoked(_server.Provider.Names, state.Token.ExpiresAt));
        }

        tokens.End();
    }

    /// <summary>Forgets the tokens; every later use says that the session has ended.</summary>
    public void End()
    {
        _tokens?.End();
        _api.End();
    }

    /// <summary>
    /// Whether a token is good, why, and until when: by the server's introspection endpoint, else by what a JWT says of itself.
    /// </summary>
    /// <param name="token">The token; the session's own, as it is and not renewed, when null.</param>
    /// <param name="audience">Whom it must be for; null does not ask.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <exception cref="OAuthException">It cannot be found out. That a token is not good is no exception.</exception>
    public async Task<OAuthTokenTest> TestTokenAsync(
        Secret? token = null, string? audience = null, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        log ??= NoFlowLog.Instance;
        var own = token is null ? (await Tokens.SettleAsync(cancellationToken).ConfigureAwait(false)).Token.Value : null;
        await _server.FollowMetadataAsync(log, cancellationToken).ConfigureAwait(false);
        return await AccessTokenTest.RunAsync(
            _server, token ?? own!, own is not null, audience, log, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The issuer of its server (OpenID Connect Discovery 1.0 section 3); null where the provider has none.</summary>
    public string? Issuer => _server.Provider.Issuer;

    /// <summary>The headers of an API call: <c>Authorization</c>, with the token in plain text, and the session's own.</summary>
    /// <param name="minimumLifetime">For how long at least the token must be valid.</param>
    /// <param name="method">The method of the call; GET when null. It counts only where the token is bound to a key (RFC 9449).</param>
    /// <param name="uri">Where the call goes; needed only where the token is bound to a key.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OAuthException">
    /// The token could not be renewed, the address is missing, or its origin is none of <see cref="ApiUrls"/>.
    /// </exception>
    public async Task<IReadOnlyDictionary<string, Secret>> GetRequestHeadersAsync(
        TimeSpan minimumLifetime = default, HttpMethod? method = null, Uri? uri = null, IFlowLog? log = null,
        CancellationToken cancellationToken = default)
    {
        _api.Require(uri);
        var token = _tokens is null ? null : await GetTokenAsync(minimumLifetime, log, cancellationToken).ConfigureAwait(false);

        // Again: the response that brought the token may have named other APIs.
        _api.Require(uri);
        return _api.Headers(token, method, uri);
    }

    /// <summary>Calls an API: with the session's headers, one renewal and repetition on 401, and <c>Retry-After</c> honoured.</summary>
    /// <param name="call">The call.</param>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OAuthException">The API was not reached, refused, or is none of <see cref="ApiUrls"/>.</exception>
    public Task<ApiResponse> SendAsync(ApiCall call, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return _api.SendAsync(call, _tokens, log ?? NoFlowLog.Instance, cancellationToken);
    }

    /// <summary>Asks the UserInfo endpoint for the claims about who signed in (OpenID Connect Core 1.0 section 5.3).</summary>
    /// <param name="log">Where to say what is done; nowhere when null.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <returns>The claims, a JSON object; they are about the subject of the session's ID token.</returns>
    /// <exception cref="OAuthException">
    /// There is no such endpoint or no ID token, the server refused, or the response is about somebody else or cannot be believed.
    /// </exception>
    public Task<JsonElement> GetUserInfoAsync(IFlowLog? log = null, CancellationToken cancellationToken = default) =>
        UserInfoRequest.SendAsync(this, _server, Tokens, log ?? NoFlowLog.Instance, cancellationToken);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>What it was opened with, without what a sign-in used up.</summary>
    internal ConnectRequest Origin { get; }

    internal ApiAccess Api => _api;

    /// <summary>The tokens; null where every call carries HTTP Basic.</summary>
    internal SessionTokens? HeldTokens => _tokens;

    internal DPoPProver? Prover => _server.DPoP;

    internal TimeProvider Clock => _server.Clock;

    internal TokenState? State => _tokens?.State;

    internal VaultEntry ToEntry(TokenState? state) => VaultEntry.Create(
        _api.Origins.Keep(Origin with { FoundClientAuthentication = _server.Client?.Found }), Flow, ServiceUrl, state, _server.DPoP?.Key);

    /// <summary>The newest there is once a renewal under way has ended; null where there are no tokens.</summary>
    internal async Task<TokenState?> SettleAsync(CancellationToken cancellationToken) =>
        _tokens is null ? null : await _tokens.SettleAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Renews through a vault from now on, unless there has been a renewal since that state was seen.</summary>
    internal bool TryAttachTo(ISessionVault vault, TokenState? seen)
    {
        if (_tokens is not null
            && !_tokens.TryRenewThrough(atProvider => new VaultedRenewal(Name, vault, atProvider, state => ToEntry(state), Clock), seen))
        {
            return false;
        }

        Vault = vault.Name;
        return true;
    }

    internal string AppCredentialsEndpoint =>
        _server.Provider.AppCredentialsEndpoint ?? throw Errors.NoAppCredentials(_server.Provider.Names);

    private SessionTokens Tokens => _tokens ?? throw Errors.SessionHasNoToken(Name);
}
