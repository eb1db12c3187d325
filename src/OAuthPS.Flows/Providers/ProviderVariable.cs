using System.Collections.ObjectModel;
using System.Text.RegularExpressions;

namespace OAuthPS.Flows.Providers;

/// <summary>What differs from customer to customer in the addresses of a provider, such as a tenant or a region.</summary>
/// <param name="Name">The provider's own word for it, as addresses have it in braces: <c>Region</c> for <c>{Region}</c>.</param>
/// <param name="Meaning">What its value is and where a customer reads it, for a person.</param>
public sealed partial record ProviderVariable(string Name, string Meaning)
{
    /// <summary>A value, as people write it.</summary>
    public string Example { get; init; } = "";

    /// <summary>
    /// The values there are, each with what stands for it in an address; when empty, the value is any label of a host name (RFC 1123
    /// section 2.1, with an underscore too), which can name no other host and no other path.
    /// </summary>
    public IReadOnlyDictionary<string, string> Values { get; init =>
        field = value is null ? null! : new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(value)); } =
        ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The value of those who give none; null where it is needed.</summary>
    public string? Default { get; init; }

    /// <summary>The name, its meaning and an example.</summary>
    public override string ToString() => $"{Name} ({Meaning}, such as {Example})";

    /// <summary>What an address has in the place of the variable.</summary>
    internal string Placeholder => $"{{{Name}}}";

    /// <summary>Whether it has that name, whatever the case.</summary>
    internal bool Has(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>What stands in an address for a value; null where it is none of this variable's.</summary>
    internal string? TextOf(string value) => Values.Count == 0
        ? Label().IsMatch(value) ? value : null
        : Values.FirstOrDefault(known => known.Key.Equals(value, StringComparison.OrdinalIgnoreCase)).Value;

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex Label();
}

/// <summary>A scope that people start with.</summary>
/// <param name="Name">The scope token (RFC 6749 section 3.3).</param>
/// <param name="Meaning">What it allows, for a person.</param>
public sealed record ProviderScope(string Name, string Meaning)
{
    /// <summary>The scope and its meaning.</summary>
    public override string ToString() => $"{Name} ({Meaning})";
}
