using OAuthPS.Flows;

namespace OAuthPS.Advice;

/// <summary>A notice of the library as a cmdlet says it, in a warning or with -Verbose.</summary>
internal static class NoticeText
{
    internal static string Of(OAuthNotice notice) => Advice(notice) is { } advice ? $"{notice.WhatHappened} {advice}" : notice.Message;

    private static string? Advice(OAuthNotice notice) => notice switch
    {
        { Id: OAuthNoticeId.SecretInUrl } => "Use -ClientAuthentication Basic instead.",
        { Id: OAuthNoticeId.HeaderNeeded, Header: { } header, HeaderMeaning: { } meaning } =>
            $"Give it with -Header {CommandText.Headers([new(header, meaning)])}.",
        { Id: OAuthNoticeId.VendorCredentialNotSought } => "-UseVendorCredential sends it there.",
        { Id: OAuthNoticeId.ServiceReplaced, Provider: { } name } =>
            $"If it is not yours, Unregister-OAuthProvider {CommandText.Word(name)} removes it.",
        { Failure: { } failure } => FailureAdvice.Of(failure),
        _ => null,
    };
}
