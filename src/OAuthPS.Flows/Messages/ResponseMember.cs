using System.Diagnostics;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Messages;

/// <summary>What a server says besides the token: text where that is known to be harmless, a secret else.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ResponseMember
{
    internal ResponseMember(Secret value, bool isText)
    {
        Value = value;
        Text = isText ? value.Reveal() : null;
    }

    /// <summary>The value: a text as it is, anything else as its JSON.</summary>
    public Secret Value { get; }

    /// <summary>The value where it is no secret; null where it may be one.</summary>
    public string? Text { get; }

    /// <summary>The text, or <c>***</c>.</summary>
    public override string ToString() => Text ?? Secret.Mask;
}
