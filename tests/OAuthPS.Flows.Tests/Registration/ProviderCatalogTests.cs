using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Flows.Tests.Registration;

/// <summary>The user's own providers, a file each in a folder.</summary>
public sealed class ProviderCatalogTests : IDisposable
{
    private static readonly string[] _documented = ["Blynk", "JetBrainsSpace", "Spacebring", "SpatiaFi"];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static OAuthProvider Acme { get; } = new()
    {
        Name = "Acme",
        ServiceUrl = new Uri("https://acme.example"),
        TokenEndpoint = "/token",
        Flows = [OAuthFlow.ClientCredentials],
        ClientAuthentications = [ClientAuthenticationMethod.Basic],
    };

    private string Providers => Path.Combine(_folder, "OAuthPS", "providers");

    private ProviderCatalog Catalog => new(Providers);

    [Fact]
    public void What_is_registered_is_there_for_the_next_one_who_looks()
    {
        Catalog.Register(Acme, replace: false);

        Assert.Equal(["Acme"], Catalog.RegisteredNames);
        Assert.Equal([.. _documented, "Acme", .. ServiceFiles.Names], Catalog.Names);
        Assert.Equal("/token", Catalog.Get("aCME").TokenEndpoint);
        Assert.Equal("Acme", Catalog.Get("aCME").Name);
        Assert.Equal([Path.Combine(Providers, "Acme.json")], Directory.GetFileSystemEntries(Providers));
    }

    [Fact]
    public void A_folder_that_is_not_there_holds_nothing_and_is_not_made_by_looking()
    {
        Assert.Equal([.. _documented, .. ServiceFiles.Names], Catalog.Names);
        Assert.Throws<OAuthUsageException>(() => Catalog.Get("Acme"));
        Assert.False(Directory.Exists(Providers));
    }

    [Fact]
    public void A_name_is_replaced_only_on_purpose_and_whatever_its_case()
    {
        Catalog.Register(Acme, replace: false);

        Assert.Equal("ProviderExists", Assert.Throws<OAuthUsageException>(() => Catalog.Register(Acme with { Name = "ACME" }, replace: false)).ErrorId);
        Catalog.Register(Acme with { Name = "ACME", TokenEndpoint = "/other" }, replace: true);

        Assert.Single(Directory.GetFiles(Providers));
        Assert.Equal("/other", Catalog.Get("Acme").TokenEndpoint);
    }

    [Theory]
    [InlineData("Blynk")]
    [InlineData("bLYNK")]
    public void A_built_in_provider_is_neither_replaced_nor_removed(string name)
    {
        Assert.Equal("ProviderIsBuiltIn", Assert.Throws<OAuthUsageException>(() => Catalog.Register(Acme with { Name = name }, replace: true)).ErrorId);
        Assert.Equal("ProviderIsBuiltIn", Assert.Throws<OAuthUsageException>(() => Catalog.Unregister(name)).ErrorId);
    }

    [Fact]
    public void A_file_that_has_a_built_in_providers_name_does_not_take_its_place()
    {
        Write("blynk.json", "{}");

        Assert.Empty(Catalog.RegisteredNames);
        Assert.Equal([.. _documented, .. ServiceFiles.Names], Catalog.Names);
        Assert.Equal("/oauth2/token", Catalog.Get("Blynk").TokenEndpoint);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("C:evil")]
    [InlineData("/etc/passwd")]
    [InlineData("with space")]
    [InlineData("a\nb")]
    [InlineData("a\n")]
    [InlineData("")]
    [InlineData("ümlaut")]
    [InlineData("con")]
    [InlineData("NUL")]
    [InlineData("Com1.x")]
    [InlineData("lpt9")]
    public void A_name_that_could_mean_something_to_a_file_system_is_refused(string name)
    {
        var failure = Assert.Throws<OAuthUsageException>(() => Catalog.Register(Acme with { Name = name }, replace: false));

        Assert.Equal("InvalidProviderName", failure.ErrorId);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("conference")]
    [InlineData("a.b-c_d")]
    [InlineData("7")]
    public void Other_names_are_fine(string name)
    {
        Catalog.Register(Acme with { Name = name }, replace: false);

        Assert.Equal(name, Catalog.Get(name).Name);
    }

    [Theory]
    [InlineData("../OAuthPS/providers/Acme")]
    [InlineData("Acme.json")]
    [InlineData("*")]
    [InlineData("")]
    public void Nothing_is_found_or_removed_by_a_path(string name)
    {
        Catalog.Register(Acme, replace: false);

        Assert.Equal("UnknownProvider", Assert.Throws<OAuthUsageException>(() => Catalog.Get(name)).ErrorId);
        Assert.Equal("UnknownProvider", Assert.Throws<OAuthUsageException>(() => Catalog.Unregister(name)).ErrorId);
        Assert.Single(Directory.GetFiles(Providers));
    }

    [Fact]
    public void A_damaged_file_is_named_and_takes_nobody_else_down()
    {
        Catalog.Register(Acme, replace: false);
        var path = Write("Broken.json", "{ \"name\": \"Broken\",\n \"clientSecret\": \"hunter2\" }");

        Assert.Equal(["Acme", "Broken"], Catalog.RegisteredNames);
        Assert.All(Catalog.Names.Where(name => name != "Broken"), name => Assert.Equal(name, Catalog.Get(name).Name));
        var failure = Assert.Throws<OAuthUsageException>(() => Catalog.Get("Broken"));
        Assert.Equal("ProviderFileInvalid", failure.ErrorId);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);

        Catalog.Unregister("Broken");
        Assert.DoesNotContain("Broken", Catalog.Names);
    }

    [Fact]
    public void A_huge_file_is_not_read()
    {
        Write("Huge.json", new string(' ', (1024 * 1024) + 1));

        Assert.Contains("larger than a mebibyte", Assert.Throws<OAuthUsageException>(() => Catalog.Get("Huge")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, "OAuthPS"), "a file where the folder should be");

        var failure = Assert.Throws<OAuthConnectionException>(() => Catalog.Register(Acme, replace: false));

        Assert.Equal("ProviderFileAccess", failure.ErrorId);
        Assert.Contains(Path.Combine(Providers, "Acme.json"), failure.Message, StringComparison.Ordinal);
        Assert.Empty(Catalog.RegisteredNames);
    }

    [Fact]
    public void A_write_that_fails_leaves_what_was_there_and_nothing_beside_it()
    {
        // A folder of the file's name with something in it cannot be replaced by a file, whoever tries.
        var taken = Directory.CreateDirectory(Path.Combine(Providers, "Acme.json")).FullName;
        File.WriteAllText(Path.Combine(taken, "kept"), "kept");

        Assert.Throws<OAuthConnectionException>(() => Catalog.Register(Acme, replace: true));

        Assert.Equal([taken], Directory.GetFileSystemEntries(Providers));
        Assert.Equal("kept", File.ReadAllText(Path.Combine(taken, "kept")));
    }

    [Fact]
    public void Data_that_cannot_work_is_not_kept()
    {
        var failure = Assert.Throws<OAuthUsageException>(() => Catalog.Register(Acme with { TokenEndpoint = "http://acme.example/token" }, replace: false));

        Assert.Equal("ProviderDataInvalid", failure.ErrorId);
        Assert.False(Directory.Exists(Providers));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        Directory.CreateDirectory(Providers);
        var path = Path.Combine(Providers, name);
        File.WriteAllText(path, text);
        return path;
    }
}
