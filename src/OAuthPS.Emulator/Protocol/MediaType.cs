namespace OAuthPS.Emulator;

/// <summary>The media type of a Content-Type header, without its parameters.</summary>
internal static class MediaType
{
    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";

    public static string Of(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}
