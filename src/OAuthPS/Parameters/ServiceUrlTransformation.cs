using System.Collections;
using System.Management.Automation;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>Lets a service URL be given as its host alone, as providers show it (<c>fra1.blynk.cloud</c>): HTTPS is meant.</summary>
public sealed class ServiceUrlTransformationAttribute : UrlConversionAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        base.Transform(engineIntrinsics, Complete(inputData));

    internal static object? Complete(object? given)
    {
        var value = given.Bare();
        return value is string text && text.Length > 0 && !text.Contains("://", StringComparison.Ordinal) && !text.StartsWith('/')
            ? "https://" + text
            : value;
    }
}

/// <summary>Takes the addresses of APIs, each also as its host alone.</summary>
public sealed class ApiUrlTransformationAttribute() : QuietConversionAttribute(typeof(Uri[]), "addresses such as https://api.example.com")
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        base.Transform(engineIntrinsics, inputData.Bare() is IEnumerable and not string
            ? LanguagePrimitives.GetEnumerable(inputData).Cast<object?>().Select(ServiceUrlTransformationAttribute.Complete).ToArray()
            : ServiceUrlTransformationAttribute.Complete(inputData));
}
