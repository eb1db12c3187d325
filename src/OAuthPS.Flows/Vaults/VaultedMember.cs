using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Vaults;

/// <summary>A member of a server's response as a vault keeps it: either a text that may be shown, or a secret.</summary>
internal sealed class VaultedMember
{
    public string? Text { get; init; }

    public string? Secret { get; init; }

    internal bool IsWhole => (Text is null) != (Secret is null) && (Text is null || TerminalText.IsHarmless(Text));

    internal static VaultedMember Create(ResponseMember member) =>
        member.Text is { } text ? new() { Text = text } : new() { Secret = member.Value.Reveal() };

    internal ResponseMember ToMember() => new(new Secret(Text ?? Secret!), isText: Text is not null);
}
