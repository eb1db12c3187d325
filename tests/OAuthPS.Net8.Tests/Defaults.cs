using Xunit.Abstractions;

namespace OAuthPS.Net8.Tests;

/// <summary>No option is set, so each has the value that xunit gives it.</summary>
internal sealed class Defaults : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    public TValue GetValue<TValue>(string name) => default!;

    public void SetValue<TValue>(string name, TValue value) => throw new NotSupportedException(name);
}
