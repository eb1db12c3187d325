using System.Diagnostics;
using System.Text;

namespace OAuthPS.Emulator;

/// <summary>A program run to its end.</summary>
/// <param name="ExitCode">Its exit code; null when it was ended because it took too long.</param>
/// <param name="Output">Standard output and standard error, line by line as they came.</param>
public sealed record ProcessRun(int? ExitCode, string Output)
{
    /// <summary>Runs a program without input, and ends it with its children when the time is over.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program, or it does not start.</exception>
    public static ProcessRun Run(ProcessStartInfo start, TimeSpan timeout)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
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
