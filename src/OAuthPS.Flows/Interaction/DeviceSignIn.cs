using OAuthPS.Flows.Grants;
using OAuthPS.Flows.Protocol;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Interaction;

/// <summary>The device authorization flow (RFC 8628): the person signs in on another device, and this one asks whether they have.</summary>
internal sealed class DeviceSignIn(ConnectRequest request, TokenEndpoint endpoint, ISignInPrompt prompt, IFlowLog log)
{
    // Section 3.5: slow_down adds five seconds, for good.
    private static readonly TimeSpan _slowDown = TimeSpan.FromSeconds(5);

    internal async Task<TokenResponse> RunAsync(CancellationToken cancellationToken)
    {
        var device = await endpoint.AuthorizeDeviceAsync(request.Access, log, cancellationToken).ConfigureAwait(false);
        var at = device.VerificationUriComplete is { } complete ? $"\n\nor straight to {complete}" : "";
        prompt.Show($"To sign in to {request.Provider.DisplayName}, open this address in a browser on any device:\n\n    {device.VerificationUri}\n\nand enter the code\n\n    {device.UserCode}{at}\n");

        var timeout = device.ExpiresIn < request.SignIn.Timeout ? device.ExpiresIn : request.SignIn.Timeout;
        using var timer = new CancellationTokenSource(timeout, endpoint.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        var polling = PollAsync(device, either.Token);
        try
        {
            await SignInProgress.ShowWhileAsync(polling, $"Waiting for you to enter the code {device.UserCode}", timeout, prompt, endpoint.Clock).ConfigureAwait(false);
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
            await Task.Delay(interval, endpoint.Clock, cancellationToken).ConfigureAwait(false);
            try
            {
                return await endpoint.RequestAsync(grant, log, cancellationToken).ConfigureAwait(false);
            }
            catch (OAuthServerException notYet) when (notYet.Error == ErrorCodes.AuthorizationPending)
            {
                log.Verbose("Not signed in yet.");
            }
            catch (OAuthServerException tooFast) when (tooFast.Error == ErrorCodes.SlowDown)
            {
                interval += _slowDown;
                log.Verbose($"The server asks for more patience: every {interval.TotalSeconds:0} s.");
            }
            catch (OAuthConnectionException passing) when (MayPass(passing.Id))
            {
                // Section 3.5: exponential back-off on a connection timeout.
                interval *= 2;
                log.Verbose($"{passing.WhatHappened} Trying again in {interval.TotalSeconds:0} s.");
            }
        }
    }

    private static bool MayPass(OAuthErrorId failure) =>
        failure == OAuthErrorId.RequestTimeout || failure == OAuthErrorId.ConnectionLost || failure == OAuthErrorId.ServerUnreachable;
}
