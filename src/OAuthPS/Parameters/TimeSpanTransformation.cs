using System.Globalization;
using System.Management.Automation;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>
/// Lets a duration be given as a TimeSpan, as text such as <c>00:05:00</c>, or as a number of seconds. PowerShell by itself
/// takes a number for ticks of 100 ns, which nobody means.
/// </summary>
public sealed class TimeSpanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData.Bare() switch
    {
        int or long or double or decimal or float or short or byte or uint =>
            FromSeconds(Convert.ToDouble(inputData.Bare(), CultureInfo.InvariantCulture)),
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) => FromSeconds(seconds),
        _ => inputData,
    };

    private static TimeSpan FromSeconds(double seconds) => double.IsFinite(seconds) && Math.Abs(seconds) <= int.MaxValue
        ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentTransformationMetadataException("The number of seconds is out of range.");
}

/// <summary>Refuses a duration of nothing, and one beyond what a timer can wait.</summary>
public sealed class ValidateTimeoutAttribute : ValidateEnumeratedArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void ValidateElement(object element)
    {
        if (element is TimeSpan span && (span <= TimeSpan.Zero || span > TimeSpan.FromDays(1)))
        {
            throw new ValidationMetadataException("It must be longer than nothing and at most a day, such as 30 (seconds) or 00:02:00.");
        }
    }
}
