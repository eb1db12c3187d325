using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Tokens;

/// <summary>
/// The tokens of one session and their renewal. However many threads ask, an expiry costs one token request: the first
/// starts it, the others join it.
/// </summary>
internal sealed class SessionTokens(string session, OAuthFlow flow, TokenState initial, GrantRenewal atProvider, TimeProvider clock)
{
    private volatile Renewal _renewal = atProvider;
    private readonly RefreshTokenNotice _notice = new(session, clock);
    private readonly object _gate = new();
    private TokenState? _state = initial;
    private RunningRenewal? _running;

    // The lifetime that was asked for when what is held now was renewed.
    private TimeSpan _begunFor;

    // What callers wait for who want a valid token and nothing else; null when no token that has expired is being renewed.
    private Task<AccessToken>? _shared;

    /// <summary>What is held now; null once the session has ended.</summary>
    internal TokenState? State => Volatile.Read(ref _state);

    internal bool CanRenew => State is { } state && _renewal.IsPossible(state);

    internal ValueTask<AccessToken> GetAsync(TimeSpan minimumLifetime, IFlowLog log, CancellationToken cancellationToken)
    {
        var state = StateOrThrow();
        _notice.Give(state, _renewal, log);
        var wantsNoMore = minimumLifetime <= TimeSpan.Zero && ReferenceEquals(log, NoFlowLog.Instance);
        if (wantsNoMore && Volatile.Read(ref _shared) is { } shared)
        {
            // WaitAsync would give the same task back to those who cannot give up; thousands who ask at once notice the call.
            return new ValueTask<AccessToken>(cancellationToken.CanBeCanceled ? shared.WaitAsync(cancellationToken) : shared);
        }

        // Who can give up is counted, so that a renewal that nobody waits for any more can end.
        return state.IsGood(clock.GetUtcNow(), minimumLifetime) ? new ValueTask<AccessToken>(state.Token)
            : wantsNoMore && !cancellationToken.CanBeCanceled ? new ValueTask<AccessToken>(ShareAsync(state))
            : new ValueTask<AccessToken>(RenewWhenExpiringAsync(state, minimumLifetime, log, cancellationToken));
    }

    /// <summary>Renews in another way from now on, made of the renewal at the provider, unless one came since that state.</summary>
    internal bool TryRenewThrough(Func<Renewal, Renewal> through, TokenState? seen)
    {
        lock (_gate)
        {
            if (_running is not null || !ReferenceEquals(Newest, seen))
            {
                return false;
            }

            // What the vault until now did not take is known to the old way alone.
            (_renewal, _state) = (through(atProvider), seen);
            return true;
        }
    }

    /// <summary>Renews whatever the clock says.</summary>
    internal async Task<AccessToken> RenewAsync(IFlowLog log, CancellationToken cancellationToken)
    {
        var state = StateOrThrow();
        return _renewal.IsPossible(state)
            ? (await JoinAsync(state, new RenewalWish(TimeSpan.Zero, MustBeNew: true), log, cancellationToken).ConfigureAwait(false)).Token
            : throw Errors.SessionCannotRenew(session, flow.Name, state.Token.ExpiresAt);
    }

    /// <summary>Renews after an API refused a token, unless somebody has done so since.</summary>
    internal async Task<AccessToken> ReplaceAsync(AccessToken refused, IFlowLog log, CancellationToken cancellationToken)
    {
        var state = StateOrThrow();
        return ReferenceEquals(state.Token, refused)
            ? (await JoinAsync(state, new RenewalWish(TimeSpan.Zero), log, cancellationToken).ConfigureAwait(false)).Token
            : state.Token;
    }

    /// <summary>Waits for a renewal under way, so that what it brings is not overlooked.</summary>
    internal async Task<TokenState> SettleAsync(CancellationToken cancellationToken)
    {
        Task<TokenState>? running;
        lock (_gate)
        {
            running = _running?.Result;
        }

        if (running is not null)
        {
            await ((Task)running).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Newest ?? throw Errors.SessionEnded(session);
    }

    /// <summary>The tokens that are in force, whoever has renewed them.</summary>
    internal async Task<TokenState> InForceAsync(CancellationToken cancellationToken) =>
        await _renewal.NewestAsync(await SettleAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>Forgets the tokens; what a renewal under way brings is forgotten too.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _state = null;
            _running?.Stop();
        }
    }

    // What a vault did not take is newer than what is held.
    private TokenState? Newest => State is { } state ? _renewal.Unsaved ?? state : null;

    private TokenState StateOrThrow() => State ?? throw Errors.SessionEnded(session);

    // Thousands who ask at once get one task, not a state machine each.
    private Task<AccessToken> ShareAsync(TokenState state)
    {
        lock (_gate)
        {
            if (_shared is not null && IsHeld(state))
            {
                return _shared;
            }

            var renewed = RenewWhenExpiringAsync(state, TimeSpan.Zero, NoFlowLog.Instance, CancellationToken.None);
            if (_running is not null && IsHeld(state))
            {
                Volatile.Write(ref _shared, renewed);
            }

            return renewed;
        }
    }

    private async Task<AccessToken> RenewWhenExpiringAsync(
        TokenState state, TimeSpan minimumLifetime, IFlowLog log, CancellationToken cancellationToken)
    {
        if (!_renewal.IsPossible(state))
        {
            return state.IsValid(clock.GetUtcNow(), minimumLifetime)
                ? state.Token
                : throw Errors.SessionCannotRenew(session, flow.Name, state.Token.ExpiresAt);
        }

        try
        {
            var renewed = await JoinAsync(state, new RenewalWish(minimumLifetime), log, cancellationToken).ConfigureAwait(false);
            if (!renewed.IsValid(clock.GetUtcNow(), minimumLifetime))
            {
                log.Warning(Notices.TokenLivesShort(renewed.Token.ExpiresAt));
            }

            return renewed.Token;
        }
        catch (OAuthException failure) when (failure.MayPass && state.IsValid(clock.GetUtcNow(), minimumLifetime))
        {
            // The margin is there for this: the token is still good, and the next call tries again.
            log.Warning(Notices.RenewalFailed(failure, state.Token.ExpiresAt));
            return state.Token;
        }
    }

    // By the access token: a new refresh token beside the old one is no renewal.
    private bool IsHeld(TokenState seen) => ReferenceEquals(_state?.Token, seen.Token);

    private async Task<TokenState> JoinAsync(TokenState seen, RenewalWish wish, IFlowLog log, CancellationToken cancellationToken)
    {
        while (true)
        {
            RunningRenewal running;
            lock (_gate)
            {
                var now = StateOrThrow();
                if ((_running is null && !_renewal.IsPossible(now)) || (!IsHeld(seen)
                    && (wish.MustBeNew || wish.MinimumLifetime <= _begunFor || now.IsGood(clock.GetUtcNow(), wish.MinimumLifetime))))
                {
                    // Renewed between the caller's look and this one, for somebody who asked for as much; or there is no way to.
                    return now;
                }

                running = _running ??= Begin(now, wish, log);
                running.Join(wish);
            }

            try
            {
                seen = await running.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                running.Leave();
                throw;
            }
            catch (OperationCanceledException) when (running.Stopped.IsCancellationRequested)
            {
                // Those who waited for it before had all given up.
                continue;
            }

            // A renewal that was begun for less says nothing of what the provider gives to who asks for more.
            if (wish.MustBeNew || wish.MinimumLifetime <= running.BegunFor || seen.IsValid(clock.GetUtcNow(), wish.MinimumLifetime))
            {
                return seen;
            }
        }
    }

    private RunningRenewal Begin(TokenState state, RenewalWish wish, IFlowLog log)
    {
        var running = new RunningRenewal(wish);
        running.Result = Task.Run(
            () => OAuthActivity.RunAsync("renewal", activity => activity.AddFlow(flow.Name), () => RenewOnceAsync(running, state, log)),
            CancellationToken.None);
        return running;
    }

    private async Task<TokenState> RenewOnceAsync(RunningRenewal running, TokenState seen, IFlowLog log)
    {
        TokenState? renewed = null;
        try
        {
            renewed = await _renewal.RenewAsync(
                seen, other => running.IsEnough(other, clock.GetUtcNow()), KeepAsync, log, running.Stopped).ConfigureAwait(false);
            return renewed;
        }
        finally
        {
            lock (_gate)
            {
                if (renewed is not null)
                {
                    (_state, _begunFor) = (_state is null ? null : renewed, running.BegunFor);
                }

                (_running, _shared) = (null, null);
            }
        }
    }

    private Task KeepAsync(TokenState rotated)
    {
        lock (_gate)
        {
            _state = _state is null ? null : rotated;
            return Task.CompletedTask;
        }
    }
}
