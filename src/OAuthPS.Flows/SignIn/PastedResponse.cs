using System.Text.RegularExpressions;
using OAuthPS.Flows.Messages;

namespace OAuthPS.Flows.SignIn;

/// <summary>
/// What a person pastes for a response: without the quotes and line breaks that copying adds. A prompt ends at a line break, so that what
/// is broken over lines comes one line at a time.
/// </summary>
internal sealed partial class PastedResponse(AuthorizationRequest sent)
{
    // As much as the listener takes of a browser.
    private const int LongestText = 64 * 1024;

    private static readonly Dictionary<char, char> _quotes = new()
    {
        ['"'] = '"', ['\''] = '\'', ['`'] = '`', ['<'] = '>', ['\u201C'] = '\u201D', ['\u2018'] = '\u2019', ['\u00AB'] = '\u00BB',
    };

    private string _begun = "";

    /// <summary>Takes what was pasted now, with what it goes on with.</summary>
    /// <returns>The address, its parameters or a code, as far as it is there; empty where it is none.</returns>
    internal string Add(string pasted)
    {
        var text = Clean(pasted);
        if (_begun.Length > 0 && !Beginning().IsMatch(text) && !IsWhole(text))
        {
            pasted = _begun + pasted.Trim();
            text = Clean(pasted);
        }

        // The beginning of an address has a part of the response and not all of its state. An error is told as it is.
        _begun = HasPart(text) && !KnowsState(text) ? pasted.Trim() : "";
        return text;
    }

    private static string Clean(string pasted)
    {
        if (pasted.Length > LongestText)
        {
            return "";
        }

        var text = string.Concat(pasted.Split('\r', '\n').Select(line => line.Trim()));
        while (text.Length > 1 && _quotes.TryGetValue(text[0], out var closing) && text[^1] == closing)
        {
            text = text[1..^1].Trim();
        }

        return text;
    }

    private bool IsWhole(string text) => KnowsState(text) && ResponsePlace.HasResponse(ParametersIn(text));

    private bool KnowsState(string text) => ResponseState.FlawIn(ParametersIn(text), sent) is null;

    private static bool HasPart(string text)
    {
        var names = AuthorizationResponse.Pairs(ParametersIn(text)).Select(parameter => parameter.Name).ToList();
        return !names.Contains("error") && (ResponsePlace.HasResponse(ParametersIn(text)) || names.Contains(ParameterNames.State));
    }

    private static string ParametersIn(string text) => text[(text.IndexOfAny(['?', '#']) + 1)..].Replace('#', '&');

    // An address, with its scheme or without, and not the middle of one.
    [GeneratedRegex("^[^&=]*(://|[?#])")]
    private static partial Regex Beginning();
}
