namespace OAuthPS.Flows.SignIn;

/// <summary>Shows the time left while a person is waited for.</summary>
internal static class SignInProgress
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    internal static async Task ShowWhileAsync(Task wait, string activity, TimeSpan timeout, ISignInPrompt prompt, TimeProvider clock)
    {
        var started = clock.GetTimestamp();
        var timer = clock.CreateTimer(
            _ => prompt.ShowProgress(activity, timeout - clock.GetElapsedTime(started)), null, TimeSpan.Zero, _second);
        try
        {
            await wait.ConfigureAwait(false);
        }
        finally
        {
            // First the timer, and the tick that may be under way: one after the end would leave the bar standing.
            await timer.DisposeAsync().ConfigureAwait(false);
            prompt.ShowProgress(activity, null);
        }
    }
}
