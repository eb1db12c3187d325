using System.Runtime.ExceptionServices;
using OAuthPS.Flows.Http;

namespace OAuthPS.Flows.Server;

/// <summary>What was read of a server's document, and for how long it may be used without asking again.</summary>
internal readonly record struct ReadDocument<T>(T Value, TimeSpan Lifetime);

/// <summary>
/// A public document of a server, kept between uses. It is read again when its response said so, at the latest after a day; until then the
/// old copy serves while the server cannot be reached. All who need it at one time share one request, whichever of them gives up: a
/// server that hangs must not hold them up one after the other.
/// </summary>
/// <param name="read">Reads it.</param>
/// <param name="clock">The clock.</param>
/// <param name="repeatsFailure">
/// Whether a failure counts for a minute, in which it is repeated and nothing is sent: where anybody can cause the question.
/// </param>
internal sealed class KeptDocument<T>(Func<IFlowLog, Task<ReadDocument<T>>> read, TimeProvider clock, bool repeatsFailure)
    where T : class
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private T? _value;
    private DateTimeOffset _readAt;
    private DateTimeOffset _freshUntil;
    private DateTimeOffset? _askedAt;
    private Exception? _failure;
    private Task<T>? _reading;

    /// <summary>Whether it is known, so that nothing is sent to tell it.</summary>
    internal bool IsFresh
    {
        get
        {
            lock (_gate)
            {
                return Usable is not null && clock.GetUtcNow() < _freshUntil;
            }
        }
    }

    /// <summary>The document.</summary>
    /// <param name="isEnough">
    /// Whether a copy has what is looked for. One that has not is read again, but not more than once a minute.
    /// </param>
    /// <param name="refresh">Asks in any case.</param>
    /// <param name="log">Where to say what is done.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<T> GetAsync(Func<T, bool> isEnough, bool refresh, IFlowLog log, CancellationToken cancellationToken)
    {
        Task<T> reading;
        lock (_gate)
        {
            if (!refresh && Known(isEnough) is { } known)
            {
                return known;
            }

            reading = _reading ??= Task.Run(() => ReadOnceAsync(log), CancellationToken.None);
        }

        try
        {
            return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OAuthException failure) when (!refresh && failure.MayPass && Old(isEnough) is not null)
        {
            log.Verbose($"{failure.WhatHappened} What is known of before is used.");
            return Old(isEnough)!;
        }
    }

    private T? Usable =>
        clock.GetUtcNow() - _readAt is { Ticks: >= 0 } age && age < CacheLifetime.Longest ? _value : null;

    private T? Known(Func<T, bool> isEnough)
    {
        var now = clock.GetUtcNow();
        var usable = Usable;
        var wasAskedJustNow = _reading is null && now - _askedAt < _pause;
        var mayServeOld = wasAskedJustNow && _failure is null or OAuthException { MayPass: true };
        if (usable is not null && isEnough(usable) && (now < _freshUntil || mayServeOld))
        {
            return usable;
        }

        if (wasAskedJustNow && repeatsFailure && _failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return wasAskedJustNow && _failure is null ? usable : null;
    }

    private T? Old(Func<T, bool> isEnough)
    {
        lock (_gate)
        {
            return Usable is { } old && isEnough(old) ? old : null;
        }
    }

    private async Task<T> ReadOnceAsync(IFlowLog log)
    {
        try
        {
            var document = await read(log).ConfigureAwait(false);
            lock (_gate)
            {
                Conclude(failure: null);
                (_value, _readAt, _freshUntil) = (document.Value, _askedAt!.Value, _askedAt.Value + document.Lifetime);
            }

            return document.Value;
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                Conclude(failure);
            }

            throw;
        }
    }

    private void Conclude(Exception? failure) => (_reading, _failure, _askedAt) = (null, failure, clock.GetUtcNow());
}
