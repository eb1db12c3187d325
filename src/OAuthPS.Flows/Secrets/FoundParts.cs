using System.Text;

namespace OAuthPS.Flows.Secrets;

/// <summary>The characters of a text that are not shown.</summary>
internal sealed class FoundParts(int length)
{
    private bool[]? _hidden;

    internal void Add(int from, int to) => (_hidden ??= new bool[length]).AsSpan(from, to - from).Fill(true);

    /// <summary>The text with one mask in the place of each row of them.</summary>
    internal string Mask(string text)
    {
        if (_hidden is null)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var same = _hidden.AsSpan(at).IndexOf(!_hidden[at]);
            var end = same < 0 ? text.Length : at + same;
            if (_hidden[at])
            {
                shown.Append(Secret.Mask);
            }
            else
            {
                shown.Append(text, at, end - at);
            }

            at = end;
        }

        return shown.ToString();
    }
}
