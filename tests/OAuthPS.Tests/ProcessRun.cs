using System.Diagnostics;
using System.Text;

namespace OAuthPS.Tests;

/// <summary>A program run to its end.</summary>
/// <param name="ExitCode">Its exit code; null when it was ended because it took too long.</param>
/// <param name="Output">Standard output and standard error, line by line as they came.</param>
internal sealed record ProcessRun(int? ExitCode, string Output)
{
    internal static ProcessRun Run(string program, IEnumerable<string> arguments, TimeSpan timeout, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExit(timeout);
        if (ended)
        {
            // Without a time limit it also waits for the last line.
            process.WaitForExit();
        }
        else
        {
            process.Kill(entireProcessTree: true);
        }

        lock (output)
        {
            return new ProcessRun(ended ? process.ExitCode : null, output.ToString());
        }

        void Take(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                if (line.Data is not null)
                {
                    output.AppendLine(line.Data);
                }
            }
        }
    }
}
