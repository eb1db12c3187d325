namespace OAuthPS.Emulator;

/// <summary>How the program is called.</summary>
internal static class Usage
{
    private const string Text = """
        The providers OAuthPS knows, on loopback, to rehearse, show and test with.

        Usage: dotnet run --project src/OAuthPS.Emulator -- [command] [options]

        Commands:
          serve                       serve until Ctrl+C (the default)
          tour                        play a script of the module's cmdlets against an emulator of its own
          browse URL                  sign in at URL as the demo user, to stand in for a browser

        Options of serve:
          --port N                    listen on 127.0.0.1:N (default 0: a free port)
          --token-lifetime SECONDS    let access tokens live that long (default: what each provider documents)
          --provider FILE             play the server of a provider file besides, below its name; may be repeated
          --dialect FILE              how the server of the --provider before it speaks (default: as the specifications have it)
          --exit-with-parent          end when standard input ends
          --help                      show this
        """;

    public static int Show()
    {
        Console.Out.WriteLine(Text);
        return 0;
    }

    /// <summary>Says what is wrong with the command line, on standard error.</summary>
    public static int Refuse(string problem)
    {
        Console.Error.WriteLine(problem);
        Console.Error.WriteLine("Call it with --help to see what there is.");
        return 2;
    }
}
