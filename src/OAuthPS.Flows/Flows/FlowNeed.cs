namespace OAuthPS.Flows.Flows;

/// <summary>One thing that a flow cannot start without: any one of these inputs.</summary>
/// <param name="Words">What it is, for a sentence.</param>
/// <param name="AnyOf">The inputs, each of which is enough by itself; the usual one first.</param>
public sealed record FlowNeed(string Words, params IReadOnlyList<OAuthInput> AnyOf)
{
    /// <summary>A client that proves who it is.</summary>
    internal static FlowNeed Client(bool hasKey, bool mayBePublic) => new(
        "the client id and secret",
        [OAuthInput.ClientSecret, .. hasKey ? [OAuthInput.ClientKey] : Array.Empty<OAuthInput>(),
            .. mayBePublic ? [OAuthInput.ClientId] : Array.Empty<OAuthInput>()]);

    /// <summary>A person's name and password.</summary>
    internal static FlowNeed User { get; } = new("the user's name and password", OAuthInput.UserCredential);

    /// <summary>Whether it is the client that is needed.</summary>
    internal bool IsClient => AnyOf[0] == OAuthInput.ClientSecret;
}
