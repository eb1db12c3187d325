namespace OAuthPS.Flows;

/// <summary>
/// Every message of the library, in one tone: what happened, what the provider said, what to do next. No method takes a
/// secret, and URLs are shown without their query.
/// </summary>
internal static partial class Errors
{
    internal static string Sentence(string words) => words.EndsWith('.') ? words : words + ".";

    private static OAuthUsageException Usage(OAuthErrorId id, string what, string next) => new(id, what, next);

    private static OAuthConnectionException Connection(OAuthErrorId id, string what, string next, Exception? inner = null) =>
        new(id, what, next, inner);
}
