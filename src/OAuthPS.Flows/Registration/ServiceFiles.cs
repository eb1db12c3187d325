using System.Collections.Concurrent;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Registration;

/// <summary>
/// The services that come with the library besides the built-in providers: a provider file each, embedded, and read only when its name is
/// asked for. The names are those of the files.
/// </summary>
internal static class ServiceFiles
{
    private const string Folder = "services/";
    private const string Extension = ".json";

    private static readonly ConcurrentDictionary<string, OAuthProvider> _read = new();

    /// <summary>The names of all, in their order, without reading one.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ServiceFiles).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The name as it is written, whatever the case; null when there is none.</summary>
    internal static string? NameOf(string name) => Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The one of that name, whatever its case; null when there is none.</summary>
    internal static OAuthProvider? Find(string name) => NameOf(name) is { } known ? _read.GetOrAdd(known, Read) : null;

    private static OAuthProvider Read(string name)
    {
        using var stream = typeof(ServiceFiles).Assembly.GetManifestResourceStream(Folder + name + Extension)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ProviderFile.Parse(bytes, out var flaw) ?? throw Errors.ProviderDataInvalid(name, flaw!);
    }
}
