using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Registration;

/// <summary>A disk that takes nothing more under the folder of the registered providers: an error that names the file, and what was there stays.</summary>
public sealed class ProviderDiskTests : IDisposable
{
    private readonly SmallDisk _disk = SmallDisk.Mount();

    private static OAuthProvider Acme { get; } = new()
    {
        Name = "Acme",
        ServiceUrl = new Uri("https://acme.example"),
        TokenEndpoint = "/token",
        Flows = [OAuthFlow.ClientCredentials],
        ClientAuthentications = [ClientAuthenticationMethod.Basic],
    };

    private ProviderCatalog Catalog => new(_disk.Folder);

    public void Dispose() => _disk.Dispose();

    [SkippableFact]
    public void On_a_full_disk_nothing_is_registered_and_no_half_file_is_left()
    {
        Catalog.Register(Acme, replace: false);
        _disk.Fill();

        Refused(() => Catalog.Register(Acme with { Name = "Other" }, replace: false), "Other.json");
        Refused(() => Catalog.Register(Acme with { TokenEndpoint = "/other" }, replace: true), "Acme.json");

        Unchanged();
        Catalog.Unregister("Acme");
        Assert.Empty(Directory.GetFiles(_disk.Folder));
    }

    [SkippableFact]
    public void On_a_full_disk_without_the_folder_nothing_is_registered_either()
    {
        _disk.FillWithFiles();

        Refused(() => Catalog.Register(Acme, replace: false), "Acme.json");

        Assert.Empty(Catalog.RegisteredNames);
    }

    [SkippableFact]
    public void On_a_read_only_disk_nothing_is_registered_replaced_or_removed_and_all_is_read()
    {
        Catalog.Register(Acme, replace: false);
        _disk.MakeReadOnly();

        Refused(() => Catalog.Register(Acme with { Name = "Other" }, replace: false), "Other.json");
        Refused(() => Catalog.Register(Acme with { TokenEndpoint = "/other" }, replace: true), "Acme.json");
        Refused(() => Catalog.Unregister("Acme"), "Acme.json");

        Unchanged();
    }

    private static void Refused(Action action, string file)
    {
        var error = Assert.Throws<OAuthConnectionException>(action);
        Assert.Equal("ProviderFileAccess", error.ErrorId);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("free space", error.RecommendedAction, StringComparison.Ordinal);
    }

    private void Unchanged()
    {
        Assert.Equal("/token", Catalog.Get("Acme").TokenEndpoint);
        Assert.Equal([Path.Combine(_disk.Folder, "Acme.json")], Directory.GetFileSystemEntries(_disk.Folder));
    }
}
