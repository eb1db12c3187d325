using System.Management.Automation;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>Lets a version of HTTP be given as people write it: <c>2</c> as well as <c>2.0</c>.</summary>
public sealed class HttpVersionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData.Bare() switch
        {
            int number => new Version(number, 0),
            double number => new Version((int)number, (int)Math.Round((number - Math.Truncate(number)) * 10)),
            string text when int.TryParse(text, out var number) => new Version(Math.Max(number, 0), 0),
            _ => inputData,
        };
}
