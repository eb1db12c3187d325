using System.Management.Automation;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>
/// Lets a proxy be given as its host and port alone (<c>proxy.example.com:8080</c>), as environment variables do: HTTP is meant.
/// </summary>
public sealed class ProxyTransformationAttribute()
    : QuietConversionAttribute(typeof(Uri), "an address such as http://proxy.example.com:8080")
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData.Bare();
        return base.Transform(
            engineIntrinsics,
            value is string { Length: > 0 } text && !text.Contains("://", StringComparison.Ordinal) ? "http://" + text : value);
    }
}
