using System.Diagnostics;

namespace OAuthPS.Flows.Secrets;

/// <summary>
/// A value that must never be shown: a token, a password, a client secret, a code. It prints as <c>***</c>, has no public
/// property that a formatter or serializer could read, and gives its value only to <see cref="Reveal"/>.
/// </summary>
[DebuggerDisplay(Mask)]
public sealed class Secret
{
    /// <summary>What stands in the place of a secret wherever a request or a response is shown.</summary>
    public const string Mask = "***";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Wraps a value.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Whether the value is the empty string.</summary>
    public bool IsEmpty => _value.Length == 0;

    /// <summary>The value itself. Call it as late as can be, and put the result nowhere that outlives the request.</summary>
    public string Reveal() => _value;

    /// <summary><c>***</c>, always.</summary>
    public override string ToString() => Mask;

    internal static Secret? FromNullable(string? value) => string.IsNullOrEmpty(value) ? null : new Secret(value);
}
