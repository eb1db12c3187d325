using System.Management.Automation;

namespace OAuthPS.Values;

/// <summary>What PowerShell hands over, which may be wrapped in a <see cref="PSObject"/>.</summary>
internal static class PSValue
{
    /// <summary>The value itself.</summary>
    internal static object? Bare(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
