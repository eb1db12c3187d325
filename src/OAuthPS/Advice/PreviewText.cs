using OAuthPS.Flows.Connect;

namespace OAuthPS.Advice;

/// <summary>What connecting would send, as -WhatIf says it.</summary>
internal static class PreviewText
{
    internal static string Of(ConnectPreview preview) =>
        string.Join("; then ", preview.Requests) + (preview.IsComplete ? "" : " Get-OAuthServerMetadata shows it.");
}
