using OAuthPS.Flows.Messages;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Flows;

/// <summary>The person's part of the device flow (RFC 8628 sections 3.3 and 3.5).</summary>
internal sealed class DeviceSignIn(SignInContext context)
{
    // Section 3.5: slow_down adds five seconds, for good.
    private static readonly TimeSpan _slowDown = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _longestBackOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestAsked = TimeSpan.FromHours(1);

    internal async Task<TokenResponse> RunAsync(CancellationToken cancellationToken)
    {
        var device = await context.Server.AuthorizeDeviceAsync(context.Access, context.Log, cancellationToken).ConfigureAwait(false);
        context.Prompt.Show(SignInInstruction.EnterCode(
            context.Server.Provider.DisplayName, device.VerificationUri, device.UserCode, device.VerificationUriComplete));

        var timeout = device.ExpiresIn is { } end && end < context.Options.Timeout ? end : context.Options.Timeout;
        using var timer = new CancellationTokenSource(timeout, context.Server.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var polling = PollAsync(device, either.Token);
        try
        {
            await SignInProgress.ShowWhileAsync(
                polling,
                $"Waiting for you to enter the code {device.UserCode}",
                timeout,
                context.Prompt,
                context.Server.Clock).ConfigureAwait(false);
            return await polling.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Errors.SignInTimedOut(timeout);
        }
    }

    private async Task<TokenResponse> PollAsync(DeviceAuthorizationResponse device, CancellationToken cancellationToken)
    {
        var interval = device.Interval;
        var grant = new DeviceCodeGrant(device.DeviceCode);
        TimeSpan? asked = null;
        while (true)
        {
            await Task.Delay(asked > interval ? asked.Value : interval, context.Server.Clock, cancellationToken).ConfigureAwait(false);
            asked = null;
            try
            {
                return await context.Server.RequestAsync(grant, context.Log, cancellationToken).ConfigureAwait(false);
            }
            catch (OAuthServerException notYet) when (notYet.Error == ErrorCodes.AuthorizationPending)
            {
                context.Log.Verbose("Not signed in yet.");
            }
            catch (OAuthServerException tooFast) when (tooFast.Error == ErrorCodes.SlowDown)
            {
                interval += _slowDown;
                asked = Bounded(tooFast.RetryAfter);
                context.Log.Verbose($"The server asks for more patience: every {interval.TotalSeconds:0} s.");
            }
            catch (OAuthServerException passing) when (MayPass(passing))
            {
                // Not the server's response to the grant: the code is as good as before, and its end bounds the wait.
                interval = Longer(interval);
                asked = Bounded(passing.RetryAfter);
                context.Log.Verbose(
                    $"The server answered {passing.StatusCode}. Trying again in "
                        + $"{(asked > interval ? asked.Value : interval).TotalSeconds:0} s.");
            }
            catch (OAuthConnectionException passing) when (MayPass(passing.Id))
            {
                // Section 3.5: exponential back-off on a connection timeout.
                interval = Longer(interval);
                context.Log.Verbose($"{passing.WhatHappened} Trying again in {interval.TotalSeconds:0} s.");
            }
        }
    }

    // The end of the codes comes before; a timer takes no more than seven weeks.
    private static TimeSpan? Bounded(TimeSpan? asked) => asked > _longestAsked ? _longestAsked : asked;

    private static TimeSpan Longer(TimeSpan interval) => interval < _longestBackOff ? interval * 2 : interval;

    // A server that says no says it with a code of its own.
    private static bool MayPass(OAuthServerException failure) =>
        failure.Kind is OAuthErrorKind.LimitsExceeded or OAuthErrorKind.ServerFailure || failure is { StatusCode: 408, Error: null };

    private static bool MayPass(OAuthErrorId failure) =>
        failure == OAuthErrorId.RequestTimeout || failure == OAuthErrorId.ConnectionLost || failure == OAuthErrorId.ServerUnreachable;
}
