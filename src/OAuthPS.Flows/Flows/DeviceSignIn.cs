using OAuthPS.Flows.Messages;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Flows.Flows;

/// <summary>The person's part of the device flow (RFC 8628 sections 3.3 and 3.5).</summary>
internal sealed class DeviceSignIn(SignInContext context)
{
    // Section 3.5: slow_down adds five seconds, for good.
    private static readonly TimeSpan _slowDown = TimeSpan.FromSeconds(5);

    internal async Task<TokenResponse> RunAsync(CancellationToken cancellationToken)
    {
        var device = await context.Server.AuthorizeDeviceAsync(context.Access, context.Log, cancellationToken).ConfigureAwait(false);
        context.Prompt.Show(
            SignInInstruction.EnterCode(context.Server.Provider.DisplayName, device.VerificationUri, device.UserCode,
                device.VerificationUriComplete));

        var timeout = device.ExpiresIn < context.Options.Timeout ? device.ExpiresIn : context.Options.Timeout;
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
        while (true)
        {
            await Task.Delay(interval, context.Server.Clock, cancellationToken).ConfigureAwait(false);
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
                context.Log.Verbose($"The server asks for more patience: every {interval.TotalSeconds:0} s.");
            }
            catch (OAuthConnectionException passing) when (MayPass(passing.Id))
            {
                // Section 3.5: exponential back-off on a connection timeout.
                interval *= 2;
                context.Log.Verbose($"{passing.WhatHappened} Trying again in {interval.TotalSeconds:0} s.");
            }
        }
    }

    private static bool MayPass(OAuthErrorId failure) =>
        failure == OAuthErrorId.RequestTimeout || failure == OAuthErrorId.ConnectionLost || failure == OAuthErrorId.ServerUnreachable;
}
