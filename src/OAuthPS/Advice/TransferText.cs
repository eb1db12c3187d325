using System.Globalization;
using System.Management.Automation;

namespace OAuthPS.Advice;

/// <summary>How far a file is, as a progress bar says it.</summary>
internal static class TransferText
{
    private const double Mebibyte = 1024 * 1024;

    /// <param name="activity">The number of the progress bar.</param>
    /// <param name="bytes">How many bytes so far; null when the way has ended.</param>
    /// <param name="total">How many there will be; null where that is not known.</param>
    internal static ProgressRecord Of(int activity, long? bytes, long? total) => new(activity, "File", Status(bytes ?? 0, total))
    {
        RecordType = bytes is null ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        PercentComplete = bytes is { } done && total is > 0 ? (int)Math.Min(100, done * 100 / total.Value) : -1,
    };

    private static string Status(long bytes, long? total) => string.Create(
        CultureInfo.CurrentCulture, $"{bytes / Mebibyte:N1} MiB{(total is { } all ? $" of {all / Mebibyte:N1} MiB" : "")}");
}
