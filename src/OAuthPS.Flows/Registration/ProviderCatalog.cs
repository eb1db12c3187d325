using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.Registration;

/// <summary>
/// The providers there are: the built-in ones, the services that come with the library, and those the user has registered, a file each in
/// their configuration folder. A damaged file is its own affair.
/// </summary>
public sealed class ProviderCatalog
{
    private readonly string _folder;

    /// <summary>A catalogue with registered providers in a folder, which need not exist.</summary>
    public ProviderCatalog(string folder) => _folder = folder;

    /// <summary>
    /// The user's own: <c>OAuthPS/providers</c> in the platform's configuration folder (<c>$XDG_CONFIG_HOME</c>, <c>%APPDATA%</c>).
    /// </summary>
    public static ProviderCatalog User { get; } = new(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "OAuthPS",
        "providers"));

    /// <summary>
    /// The names of all, without reading a file: of the built-in providers first, then of the registered ones, then of the services.
    /// </summary>
    public IReadOnlyList<string> Names => [.. BuiltInProviders.All.Select(provider => provider.Name)
        .Concat(RegisteredNames).Concat(ServiceFiles.Names).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The names of those that the user has registered, without reading a file.</summary>
    public IReadOnlyList<string> RegisteredNames =>
    [
        .. Files().Select(NameOf)
            .Where(name => BuiltInProviders.Find(name) is null)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>
    /// The one of that name, whatever its case. A registered file stands in the place of a service's, so that nobody waits for one that is
    /// out of date, and in the place of no built-in provider's.
    /// </summary>
    /// <exception cref="OAuthException">There is none, and the message names those there are; or its file cannot be used.</exception>
    public OAuthProvider Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return BuiltInProviders.Find(name)
            ?? (Find(name) is { } path ? Read(path) : ServiceFiles.Find(name) ?? throw Errors.UnknownProvider(name, Names));
    }

    /// <summary>Keeps a provider for the user.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="replace">Whether one of that name is replaced.</param>
    /// <exception cref="OAuthException">
    /// The name is taken or cannot be one, the data cannot work, or the file cannot be written.
    /// </exception>
    public void Register(OAuthProvider provider, bool replace)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (!ProviderCheck.IsName(provider.Name))
        {
            throw Errors.ProviderName(provider.Name);
        }

        if (BuiltInProviders.Find(provider.Name) is { } builtIn)
        {
            throw Errors.ProviderIsBuiltIn(builtIn.Name);
        }

        var existing = Find(provider.Name);
        if (existing is not null && !replace)
        {
            throw Errors.ProviderExists(NameOf(existing));
        }

        if (ProviderCheck.Flaw(provider) is { } flaw)
        {
            throw Errors.ProviderDataInvalid(provider.Name, flaw);
        }

        ProviderFile.Write(provider, existing ?? Path.Combine(_folder, provider.Name + ".json"));
    }

    /// <summary>Forgets a registered provider, its file damaged or not.</summary>
    /// <exception cref="OAuthException">There is none of that name, it is built in, or its file cannot be deleted.</exception>
    public void Unregister(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (BuiltInProviders.Find(name) is { } builtIn)
        {
            throw Errors.ProviderIsBuiltIn(builtIn.Name);
        }

        var path = Find(name) ?? throw Errors.ProviderNotRegistered(name, [.. Files().Select(NameOf)]);
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.ProviderFileAccess(path, failure);
        }
    }

    private static OAuthProvider Read(string path)
    {
        var name = NameOf(path);
        return ProviderFile.Read(path) with { Name = name, UserFile = ServiceFiles.NameOf(name) is null ? null : path };
    }

    private string? Find(string name) => Files().FirstOrDefault(path => NameOf(path).Equals(name, StringComparison.OrdinalIgnoreCase));

    private string[] Files()
    {
        try
        {
            return Directory.Exists(_folder)
                ? [.. Directory.GetFiles(_folder, "*.json").Where(path => ProviderCheck.IsName(NameOf(path)))]
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be read has nothing in it for this user; the built-in providers are there all the same.
            return [];
        }
    }

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);
}
