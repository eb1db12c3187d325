using System.Management.Automation;

namespace OAuthPS.Parameters;

/// <summary>Lets a service URL be given as its host alone, as providers show it (<c>fra1.blynk.cloud</c>): HTTPS is meant.</summary>
public sealed class ServiceUrlTransformationAttribute : UrlConversionAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return base.Transform(engineIntrinsics, value is string text && text.Length > 0
            && !text.Contains("://", StringComparison.Ordinal) && !text.StartsWith('/')
            ? "https://" + text
            : value);
    }
}
