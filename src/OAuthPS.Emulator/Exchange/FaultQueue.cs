using System.Diagnostics.CodeAnalysis;

namespace OAuthPS.Emulator;

/// <summary>The faults waiting for their requests, first come first served.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, though not a collection of the class library.")]
public sealed class FaultQueue
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];

    /// <summary>Adds a fault.</summary>
    /// <exception cref="ArgumentException">The fault cannot be carried out.</exception>
    public void Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(fault));
        }

        lock (_gate)
        {
            _waiting.Add(new Waiting(fault));
        }
    }

    /// <summary>Forgets every fault.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _waiting.Clear();
        }
    }

    /// <summary>The fault that strikes this request, if one does.</summary>
    internal Fault? Take(string method, string path)
    {
        lock (_gate)
        {
            foreach (var candidate in _waiting)
            {
                if (!candidate.Matches(method, path) || candidate.ToSkip-- > 0)
                {
                    continue;
                }

                candidate.ToSkip = 0;
                if (candidate.Fault.Times > 0 && --candidate.Left == 0)
                {
                    _waiting.Remove(candidate);
                }

                return candidate.Fault;
            }

            return null;
        }
    }

    private sealed class Waiting(Fault fault)
    {
        public Fault Fault => fault;

        public int Left { get; set; } = fault.Times;

        public int ToSkip { get; set; } = fault.Skip;

        public bool Matches(string method, string path)
            => (fault.Method is null || string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase))
                && path.StartsWith(fault.Path, StringComparison.OrdinalIgnoreCase);
    }
}
