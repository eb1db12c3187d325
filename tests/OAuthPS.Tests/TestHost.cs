using OAuthPS.Emulator;

namespace OAuthPS.Tests;

/// <summary>The PowerShell of these tests, found and restored once for all of them.</summary>
internal static class TestHost
{
    private static readonly Lock _once = new();

    private static PowerShellHost? _host;

    /// <inheritdoc cref="PowerShellHost.Find(Action{string})" />
    internal static PowerShellHost Find(Action<string> say)
    {
        lock (_once)
        {
            return _host ??= PowerShellHost.Find(say);
        }
    }
}
