using System.Management.Automation;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Secrets;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>
/// Takes the name of an enumeration's value, in any case and shortened as far as it stays one value. The parameter itself is text:
/// for an enumeration PowerShell completes every value there is and never asks the completer that knows the provider's.
/// </summary>
public sealed class EnumNameAttribute(Type type) : ArgumentTransformationAttribute
{
    /// <summary>The enumeration.</summary>
    public Type Type { get; } = type;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = inputData.Bare()?.ToString();
        return string.IsNullOrEmpty(given) ? null : Find(given);
    }

    /// <summary>The value of a name that was found before; null for none.</summary>
    internal static T? Parse<T>(string? name)
        where T : struct, Enum => string.IsNullOrEmpty(name) ? null : Enum.Parse<T>(name);

    internal string Find(string given) => KnownName.Find(given, Enum.GetNames(Type));
}

/// <summary>Takes the name of a flow, in any case and shortened as far as it stays one name.</summary>
public sealed class FlowNameAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = inputData.Bare()?.ToString();
        return string.IsNullOrEmpty(given) ? null : KnownName.Find(given, [.. FlowFacts.Names.Select(flow => flow.Name)]);
    }
}

/// <summary>One of the names there are.</summary>
internal static class KnownName
{
    internal static string Find(string given, IReadOnlyList<string> names)
    {
        var meant = names.FirstOrDefault(name => name.Equals(given, StringComparison.OrdinalIgnoreCase));
        if (meant is null)
        {
            var possible = names.Where(name => name.StartsWith(given, StringComparison.OrdinalIgnoreCase)).ToList();
            meant = possible is [var only] ? only : null;
        }

        return meant
            ?? throw new ArgumentTransformationMetadataException($"'{ShownInput.Text(given)}' is none of {string.Join(", ", names)}.");
    }
}
