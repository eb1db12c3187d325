using System.Text.Json;

namespace OAuthPS.Flows.Http;

/// <summary>
/// The code and the words of a refusal, by whatever names and wherever in it the server puts them. Names are compared without case and
/// signs, so that <c>error_message</c>, <c>errorMessage</c> and <c>ErrorMessage</c> are one.
/// </summary>
internal static class ErrorWords
{
    private const int LongestCode = 100;

    // The first that a server gives is what it says.
    private static readonly string[] _words =
    [
        "errordescription", "oauthproblemadvice", "errorsummary", "errormessage", "errormessages", "errormsg", "errmsg", "message",
        "messages", "msg", "faultstring", "detail", "details", "errordetail", "description", "developermessage", "reason", "title",
        "errors", "error",
    ];

    private static readonly string[] _codes =
        ["error", "errorcode", "oauthproblem", "code", "errortype", "type", "tag", "status", "faultcode"];

    // Words that say no more than that it is a refusal.
    private static readonly HashSet<string> _empty =
        new(StringComparer.OrdinalIgnoreCase) { "error", "fail", "failed", "failure", "false" };

    private static readonly HashSet<string> _known = [.. _words, .. _codes, .. ErrorItem.Places];

    /// <returns>The code, one of the specifications first; and the words.</returns>
    /// <exception cref="InvalidOperationException">A text of it has half a character.</exception>
    internal static (string? Code, string? Description) In(JsonElement root)
    {
        var places = ErrorPlace.In(root, _known);

        // What is called an error, then what it stands in; the items of a list say more of the same.
        List<ErrorPlace> objects = [.. places.Where(place => !place.IsItem).OrderBy(place => place.IsError ? 0 : 1)];
        List<ErrorPlace> items = [.. places.Where(place => place.IsItem && place.IsError)];
        var code = objects.Concat(items).SelectMany(CodesOf).FirstOrDefault(Refusals.IsCode) ?? OwnCode(objects, items);
        var words = ErrorPlace.TextOf(root) ?? objects.Select(place => WordsOf(place, code)).FirstOrDefault(found => found is not null);
        var more = objects.Where(place => WordsOf(place, code) is null).SelectMany(ErrorItem.OfMap)
            .Concat(items.Select(place => ErrorItem.Of(place, WordsOf(place, code: null), CodesOf(place))))
            .OfType<string>()
            .Where(item => words?.Contains(item, StringComparison.Ordinal) != true && item != code)
            .Distinct().Take(ErrorPlace.MaximumItems);
        List<string> all = [.. words is null ? more : more.Prepend(words)];
        return (code, all.Count == 0 ? null : string.Join("; ", all));
    }

    // The root's error is one whatever it looks like (RFC 6749 section 5.2).
    private static string? OwnCode(List<ErrorPlace> objects, List<ErrorPlace> items) =>
        objects.FirstOrDefault(place => place.Name.Length == 0)?.Text("error")
        ?? objects.SelectMany(CodesOf).FirstOrDefault(IsLikeCode)
        ?? (IsAlone(objects, items) ? CodesOf(items[0]).FirstOrDefault(IsLikeCode) : null);

    // Of a list only its one item speaks for the whole, where nothing else does; what FastAPI has there is a type of check.
    private static bool IsAlone(List<ErrorPlace> objects, List<ErrorPlace> items) =>
        items is [{ Name: not "detail" }] && objects.All(place => WordsOf(place, code: null) is null);

    private static string? WordsOf(ErrorPlace place, string? code) => _words.Select(place.Text)
        .FirstOrDefault(text => text is not null && !_empty.Contains(text) && !text.Equals(code, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> CodesOf(ErrorPlace place) => _codes.Select(place.Text).OfType<string>();

    private static bool IsLikeCode(string text) => text.Length <= LongestCode && !_empty.Contains(text) && text.Any(char.IsAsciiLetter)
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-');
}
