using System.Management.Automation;
using OAuthPS.Flows;

namespace OAuthPS;

/// <summary>Failures as PowerShell shows them: a stable id, a category, the library's words, and what to do next.</summary>
internal static class ErrorRecords
{
    // A host shows the details' text and the recommended action each by itself; the exception's message has both.
    internal static ErrorRecord From(OAuthException failure, object? target) => new(failure, failure.ErrorId, CategoryOf(failure.Kind), target)
    {
        ErrorDetails = new ErrorDetails(failure.WhatHappened) { RecommendedAction = failure.RecommendedAction },
    };

    internal static ErrorRecord SessionNotFound(string? name, IReadOnlyList<string> known)
    {
        var next = known.Count == 0 ? "Run Connect-OAuthProvider first." : $"Sessions of this runspace: {string.Join(", ", known)}.";
        var whatHappened = name is null ? "There is no session yet." : $"There is no session named '{name}'.";
        return new ErrorRecord(new ItemNotFoundException($"{whatHappened} {next}"), "SessionNotFound", ErrorCategory.ObjectNotFound, name)
        {
            ErrorDetails = new ErrorDetails(whatHappened) { RecommendedAction = next },
        };
    }

    internal static ErrorRecord AppCredentialNotFound(string clientId)
    {
        var whatHappened = $"There is no App Credential with the client id '{clientId}'.";
        const string next = "Get-SpatiaFiAppCredential without a client id lists those there are.";
        return new ErrorRecord(new ItemNotFoundException($"{whatHappened} {next}"), "AppCredentialNotFound", ErrorCategory.ObjectNotFound, clientId)
        {
            ErrorDetails = new ErrorDetails(whatHappened) { RecommendedAction = next },
        };
    }

    internal static ErrorRecord SubjectTokenNeeded(string parameter) => MissingParameter(
        $"-{parameter} says more of an exchange of tokens, and there is no token to exchange.", "Give it with -SubjectToken.");

    internal static ErrorRecord CertificateNeeded() => MissingParameter(
        "-ClientCertificate was given a key, and a key by itself is no certificate.", "Give a certificate with its private key, or the key with -ClientKey.");

    internal static ErrorRecord AudienceNeeded() => MissingParameter(
        "An assertion is for somebody.", "Give -Audience, which is most often the address of the token endpoint, or -Provider.");

    internal static ErrorRecord VerificationKeyNeeded() => MissingParameter(
        "With what the token is to be verified is not known.", "Give -Issuer, -Key or -Secret.");

    private static ErrorRecord MissingParameter(string whatHappened, string next) =>
        new(new ArgumentException($"{whatHappened} {next}"), "MissingParameter", ErrorCategory.InvalidArgument, null)
        {
            ErrorDetails = new ErrorDetails(whatHappened) { RecommendedAction = next },
        };

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
