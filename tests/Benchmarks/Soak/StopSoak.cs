using OAuthPS.Flows;
using OAuthPS.Flows.Connect;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.SignIn;

namespace OAuthPS.Benchmarks.Soak;

/// <summary>Waits of every kind that are stopped, as Ctrl+C stops them: for a browser, for a pasted answer, for a device code, for a server that says nothing.</summary>
internal static class StopSoak
{
    /// <returns>How long the slowest took to end.</returns>
    internal static async Task<TimeSpan> RunAsync(Uri server, HttpTransport transport, Canary canary, int stops)
    {
        var slowest = TimeSpan.Zero;
        for (var number = 0; number < stops; number++)
        {
            using var stop = new CancellationTokenSource();
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var plain = TokenSoak.Request(server);
            var request = (number % 4) switch
            {
                0 => plain with { Flow = OAuthFlow.AuthorizationCode, SignIn = new() { OpenBrowser = (_, _) => Task.FromResult(waiting.TrySetResult()) } },
                1 => plain with { Flow = OAuthFlow.AuthorizationCode, SignIn = new() { NoBrowser = true, RedirectUri = "https://app.example/" } },
                2 => plain with { Flow = OAuthFlow.DeviceCode },
                _ => plain with { Flow = OAuthFlow.ClientCredentials, Provider = TokenSoak.Provider with { TokenEndpoint = "/silent/token" } },
            };
            var wait = OAuthConnection.ConnectAsync(request, new Told(canary, waiting), transport, new Told(canary, waiting), stop.Token);
            await waiting.Task;
            var stopped = TimeProvider.System.GetTimestamp();
            await stop.CancelAsync();
            try
            {
                await wait;
                throw new InvalidOperationException("The wait went on.");
            }
            catch (OperationCanceledException ended)
            {
                canary.Search(ended.ToString());
            }

            var taken = TimeProvider.System.GetElapsedTime(stopped);
            slowest = taken > slowest ? taken : slowest;
        }

        return slowest;
    }

    // A wait has begun when something was said of it: an address, a code, a request that is under way.
    private sealed class Told(Canary canary, TaskCompletionSource waiting) : IFlowLog, ISignInPrompt
    {
        public void Verbose(string message)
        {
            canary.Verbose(message);
            if (message.Contains("/silent/token", StringComparison.Ordinal))
            {
                waiting.TrySetResult();
            }
        }

        public void Warning(OAuthNotice notice) => canary.Warning(notice);

        public void Show(SignInInstruction instruction)
        {
            canary.Show(instruction);
            waiting.TrySetResult();
        }

        public Task<string?> ReadAsync(string question, CancellationToken cancellationToken) => canary.ReadAsync(question, cancellationToken);

        public void ShowProgress(string activity, TimeSpan? timeLeft) => canary.ShowProgress(activity, timeLeft);
    }
}
