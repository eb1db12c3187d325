using System.Runtime.InteropServices;

namespace OAuthPS.Tests;

public sealed class PowerShellHostTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oauthps-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/nowhere")]
    public void Without_pwsh_on_the_path_it_says_where_to_get_one(string? path)
    {
        var host = PowerShellHost.Find(path, (_, _) => throw new InvalidOperationException("There is nothing to ask."));

        Assert.Null(host.Executable);
        Assert.Equal("The Pester suite was not run: there is no pwsh on the PATH; https://aka.ms/powershell says how to get it.", host.Missing);
    }

    [Theory]
    [InlineData("7.3.12\n5.7.1\n", "is 7.3.12, and the module needs 7.4 or later.")]
    [InlineData("7.4.0\n\n", "has no Pester 5; Install-PSResource Pester -Version '[5.0,6.0)' gets it.")]
    [InlineData("hello", "does not say its version.")]
    [InlineData("x\r\ny\r\n", "does not say its version.")]
    [InlineData(null, "does not say its version.")]
    public void A_PowerShell_that_will_not_do_is_told_in_one_line(string? says, string reason)
    {
        var host = PowerShellHost.Find(PathWithPwsh(out _), (_, _) => says);

        Assert.Null(host.Executable);
        Assert.EndsWith(reason, host.Missing, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', host.Missing!);
    }

    [Theory]
    [InlineData("7.4.0\n5.5.0\n")]
    [InlineData("7.6.1\r\n5.9.0\r\n")]
    public void The_first_on_the_path_is_taken_when_it_will_do(string says)
    {
        var path = PathWithPwsh(out var executable);

        var host = PowerShellHost.Find($"/nowhere{Path.PathSeparator}{path}{Path.PathSeparator}{path}", (asked, _) => asked == executable ? says : null);

        Assert.Equal(executable, host.Executable);
        Assert.Null(host.Missing);
    }

    private string PathWithPwsh(out string executable)
    {
        executable = Path.Combine(_folder.FullName, RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "pwsh.exe" : "pwsh");
        File.WriteAllText(executable, "");
        return _folder.FullName;
    }
}
