namespace OAuthPS.Flows.Server;

/// <summary>Warnings that one session gives once, however often what they tell of happens.</summary>
internal sealed class SaidOnce
{
    // A server that words each response anew is not worth more.
    private const int Most = 20;

    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    internal void Say(IEnumerable<OAuthNotice> warnings, IFlowLog log)
    {
        foreach (var warning in warnings)
        {
            bool isNew;
            lock (_said)
            {
                isNew = _said.Count < Most && _said.Add(warning.Message);
            }

            if (isNew)
            {
                log.Warning(warning);
            }
        }
    }
}
