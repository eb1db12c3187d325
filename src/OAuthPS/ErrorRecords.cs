using System.Management.Automation;
using OAuthPS.Flows;

namespace OAuthPS;

/// <summary>Failures as PowerShell shows them: a stable id, a category, the library's words, and what to do next.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord From(OAuthException failure, object? target) => new(failure, failure.ErrorId, CategoryOf(failure.Kind), target)
    {
        ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.RecommendedAction },
    };

    internal static ErrorRecord SessionNotFound(string? name, IReadOnlyList<string> known)
    {
        var next = known.Count == 0 ? "Run Connect-OAuthProvider first." : $"Sessions of this runspace: {string.Join(", ", known)}.";
        var message = name is null ? $"There is no session yet. {next}" : $"There is no session named '{name}'. {next}";
        return new ErrorRecord(new ItemNotFoundException(message), "SessionNotFound", ErrorCategory.ObjectNotFound, name)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = next },
        };
    }

    private static ErrorCategory CategoryOf(OAuthErrorKind kind) => kind switch
    {
        OAuthErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        OAuthErrorKind.Authentication => ErrorCategory.AuthenticationError,
        OAuthErrorKind.Permission => ErrorCategory.PermissionDenied,
        OAuthErrorKind.Connection => ErrorCategory.ConnectionError,
        OAuthErrorKind.Timeout => ErrorCategory.OperationTimeout,
        OAuthErrorKind.LimitsExceeded => ErrorCategory.LimitsExceeded,
        OAuthErrorKind.ServerFailure => ErrorCategory.ResourceUnavailable,
        OAuthErrorKind.InvalidAnswer => ErrorCategory.InvalidData,
        OAuthErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        OAuthErrorKind.NotSupported => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
