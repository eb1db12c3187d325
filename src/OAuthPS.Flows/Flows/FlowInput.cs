namespace OAuthPS.Flows.Flows;

/// <summary>What a user gives for one flow, or for a few, and no other takes. Each is declared beside the flow that uses it.</summary>
public abstract record FlowInput
{
    private protected FlowInput()
    {
    }

    /// <summary>The name by which a failure refers to it.</summary>
    public abstract OAuthInput Kind { get; }

    /// <summary>What of it is empty, in words; null when nothing is.</summary>
    internal virtual string? EmptyPart => null;
}
