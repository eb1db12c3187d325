using System.Runtime.InteropServices;

namespace OAuthPS.Emulator;

/// <summary>Serves until Ctrl+C, SIGTERM or, if asked to, the end of standard input.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(IEnumerable<string> arguments)
    {
        var parsed = ServeArguments.Parse(arguments);
        if (parsed.Problem is { } problem)
        {
            return Usage.Refuse(problem);
        }

        if (parsed.Help)
        {
            return Usage.Show();
        }

        using var ending = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        try
        {
            await using var server = await EmulatorServer.StartAsync(parsed.Options, ending.Token);
            // A program that starts the emulator waits for this line to learn the port.
            await Console.Out.WriteLineAsync($"OAuthPS emulator listening on {server.BaseAddress.GetLeftPart(UriPartial.Authority)}");
            await Console.Out.FlushAsync(CancellationToken.None);
            await Console.Out.WriteLineAsync(Announcement.Of(server));
            if (parsed.ExitWithParent)
            {
                _ = EndWithStandardInputAsync(ending);
            }

            await Task.Delay(Timeout.Infinite, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (InvalidDataException twice)
        {
            return Usage.Refuse(twice.Message);
        }
        catch (IOException taken)
        {
            await Console.Error.WriteLineAsync($"The emulator cannot listen: {taken.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 0;
        }

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
    }

    private static async Task EndWithStandardInputAsync(CancellationTokenSource ending)
    {
        // Standard input reads synchronously whatever it is asked, so it gets a thread of its own.
        await Task.Run(() =>
        {
            using var input = Console.OpenStandardInput();
            var ignored = new byte[256];
            while (input.Read(ignored) > 0)
            {
            }
        });
        await ending.CancelAsync();
    }
}
