using System.Management.Automation;
using System.Text.Json;
using OAuthPS.Advice;
using OAuthPS.Flows;
using OAuthPS.Flows.Secrets;
using OAuthPS.Parameters;

namespace OAuthPS;

/// <summary>Failures as PowerShell shows them: a stable id, a category, the library's words, and what to do next.</summary>
internal static class ErrorRecords
{
    internal static ErrorRecord From(OAuthException failure, object? target)
    {
        if (FailureAdvice.Of(failure) is { } advice)
        {
            failure.Advise(advice);
        }

        // The details of an API's refusal are its body, as of Invoke-RestMethod: scripts read JSON of it. Our words then are all in what
        // the host shows below.
        var body = BodyOf(failure);
        return Create(
            failure,
            failure.ErrorId,
            CategoryOf(failure.Kind),
            target is string text ? ShownInput.Text(text) : target,
            body ?? failure.WhatHappened,
            body is null ? failure.RecommendedAction : failure.Message);
    }

    // Null where it is cut JSON, which no script can read, or a page, which nobody wants to see.
    private static string? BodyOf(OAuthException failure) =>
        failure is OAuthServerException { IsApiCall: true, Body: { Length: > 0 } body } refusal && !IsPage(refusal.MediaType, body)
            && (body[0] is not ('{' or '[') || IsJson(body))
            ? body
            : null;

    private static bool IsPage(string? mediaType, string body) =>
        mediaType is not null && mediaType.Contains("html", StringComparison.OrdinalIgnoreCase)
        || body.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
        || body.StartsWith("<html", StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    internal static ErrorRecord SessionNotFound(string? name, IReadOnlyList<string> known) => NotFound(
        OAuthErrorId.SessionNotFound,
        name is null ? null : ShownInput.Text(name),
        name is null ? "There is no session in this runspace." : $"There is no session named '{ShownInput.Text(name)}'.",
        known.Count == 0 ? "Run Connect-OAuthProvider first; or take one along: -Session $using:session in ForEach-Object -Parallel, "
            + "Restore-OAuthSession in a job or another process." : $"Sessions of this runspace: {string.Join(", ", known)}.");

    internal static ErrorRecord SessionNotFound(OAuthSessionReference? given, IReadOnlyList<string> known) =>
        given is { IsDescription: true }
        ? NotFound(
            OAuthErrorId.SessionNotFound,
            ShownInput.Text(given.ToString()),
            $"This is a description of the session '{ShownInput.Text(given.ToString())}', without its tokens: a session stays in the "
                + "process that connected it.",
            "Keep it in a vault there with Save-OAuthSession, and open it here with Restore-OAuthSession.")
        : SessionNotFound(given?.ToString(), known);

    internal static ErrorRecord AppCredentialNotFound(string clientId) => NotFound(
        OAuthErrorId.AppCredentialNotFound,
        clientId,
        $"There is no App Credential with the client id '{clientId}'.",
        "Get-SpatiaFiAppCredential without a client id lists those there are.");

    // The exception of PowerShell's own cmdlets for what they do not find.
    private static ErrorRecord NotFound(OAuthErrorId id, object? target, string whatHappened, string next) =>
        Create(
            new ItemNotFoundException(TerminalText.Escape($"{whatHappened} {next}")),
            id.Name,
            CategoryOf(id.Kind),
            target,
            whatHappened,
            next);

    // A host shows the details' text and the recommended action each by itself; the exception's message has both.
    private static ErrorRecord Create(
        Exception failure, string id, ErrorCategory category, object? target, string whatHappened, string next) =>
        new(failure, id, category, target)
        {
            ErrorDetails = new ErrorDetails(TerminalText.Escape(whatHappened)) { RecommendedAction = TerminalText.Escape(next) },
        };

    internal static ErrorRecord SubjectTokenNeeded(string parameter) => MissingParameter(
        $"-{parameter} only applies to a token exchange.", "Add -SubjectToken.");

    internal static ErrorRecord BelongingNeeded(string parameter, string to) => MissingParameter(
        $"-{parameter} requires {to}.", $"Give {to} as well, or leave -{parameter} out.");

    internal static ErrorRecord ParametersConflict(string one, string other) => Usage(
        OAuthErrorId.ParametersConflict, $"-{one} and -{other} cannot be used together.", $"Leave out -{one} or -{other}.");

    internal static ErrorRecord BodyNotOfType(string contentType) => Usage(
        OAuthErrorId.InvalidContentType,
        $"The value of -Body cannot be sent as {ShownInput.Text(contentType)}.",
        "Give -Body as text in that form; a hashtable or an object is sent as JSON, or as fields with -ContentType "
            + "application/x-www-form-urlencoded.");

    internal static ErrorRecord FieldNotFlat(string name) => Usage(
        OAuthErrorId.InvalidFormField,
        $"The field '{ShownInput.Text(name)}' has fields of its own, which a query or a form cannot have.",
        "Give text, or send the whole as JSON: -Method POST with -Body, without -ContentType.");

    internal static ErrorRecord NotOnDisk(string path, string drive) => Usage(
        OAuthErrorId.InvalidBodyFile,
        $"{ShownInput.Text(path)} is no file: the drive {ShownInput.Text(drive)} of PowerShell has none.",
        "Give the path of a file on a disk.");

    internal static ErrorRecord FileNameNeeded(string folder) => Usage(
        OAuthErrorId.FileNotWritten,
        $"{ShownInput.Text(folder)} is a folder, and the end of the address is no name of a file.",
        "Give -OutFile with a name.");

    internal static ErrorRecord NextPageInvalid(string parameter) => Usage(
        OAuthErrorId.NextPageInvalid,
        $"What -{parameter} found is no address and no hashtable of parameters.",
        "Give -NextLink the path of the property that has the next address; for a number or a cursor a hashtable such as "
            + "@{ page = 'meta.next' }; or a script that gives one of them.");

    internal static ErrorRecord PagesRepeat(int pages) => Usage(
        OAuthErrorId.PagesRepeat,
        $"The page after number {pages} is one that has been read already.",
        "-MaximumFollowRelLink bounds the number of pages; check -NextLink where that is given.");

    internal static ErrorRecord CertificateNeeded() => MissingParameter(
        "-ClientCertificate has a key and no certificate.", "Give a certificate with its private key, or the key with -ClientKey.");

    internal static ErrorRecord AudienceNeeded() => MissingParameter(
        "-Audience is required: name the server the assertion is for.", "Give -Audience, which is most often the address of the token "
            + "endpoint, or -Provider.");

    internal static ErrorRecord VerificationKeyNeeded() => MissingParameter(
        "No issuer, key or secret was given to verify the token.", "Give -Issuer, -Key or -Secret.");

    internal static ErrorRecord VariableTaken(string name) => Usage(
        OAuthErrorId.ProviderDataInvalid,
        $"The variable '{name}' of the provider file would hide the parameter -{name}.",
        "Give the variable another name in the file.");

    internal static ErrorRecord ValueNotJson(string flaw) => Usage(
        OAuthErrorId.InvalidJsonValue,
        $"The value cannot be sent as JSON: it {flaw}.",
        "Send the properties that the server needs (Select-Object, or a hashtable); -Body sends a single file as it is.");

    private static ErrorRecord MissingParameter(string whatHappened, string next) =>
        Usage(OAuthErrorId.MissingParameter, whatHappened, next);

    private static ErrorRecord Usage(OAuthErrorId id, string whatHappened, string next) => Create(
        new ArgumentException(TerminalText.Escape($"{whatHappened} {next}")), id.Name, CategoryOf(id.Kind), null, whatHappened, next);

    internal static ErrorCategory CategoryOf(OAuthErrorKind kind) => kind switch
    {
        OAuthErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        OAuthErrorKind.Authentication => ErrorCategory.AuthenticationError,
        OAuthErrorKind.Permission => ErrorCategory.PermissionDenied,
        OAuthErrorKind.Connection => ErrorCategory.ConnectionError,
        OAuthErrorKind.Timeout => ErrorCategory.OperationTimeout,
        OAuthErrorKind.LimitsExceeded => ErrorCategory.LimitsExceeded,
        OAuthErrorKind.ServerFailure => ErrorCategory.ResourceUnavailable,
        OAuthErrorKind.InvalidResponse => ErrorCategory.InvalidData,
        OAuthErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        OAuthErrorKind.NotSupported => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.NotSpecified,
    };
}
