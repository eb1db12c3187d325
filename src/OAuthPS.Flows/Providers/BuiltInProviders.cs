namespace OAuthPS.Flows.Providers;

/// <summary>The providers that come with the library.</summary>
public static class BuiltInProviders
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<OAuthProvider> All { get; } = [
        Blynk.Provider, JetBrainsSpace.Provider, Spacebring.Provider, SpatiaFi.Provider];

    /// <summary>The one of that name, whatever its case; null when there is none.</summary>
    public static OAuthProvider? Find(string name) =>
        All.FirstOrDefault(provider => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The one of that name, whatever its case.</summary>
    /// <exception cref="OAuthUsageException">There is none; the message names those there are.</exception>
    public static OAuthProvider Get(string name) => Find(name) ?? throw Errors.UnknownProvider(name, All.Select(provider => provider.Name));
}
