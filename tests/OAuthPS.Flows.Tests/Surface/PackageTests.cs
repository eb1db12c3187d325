using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace OAuthPS.Flows.Tests.Surface;

/// <summary>The NuGet packages of the libraries, packed of what these tests run and opened again.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly Guid _embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private readonly string _folder = Directory.CreateTempSubdirectory("OAuthPS-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("OAuthPS.Flows", "Microsoft.IdentityModel.Tokens OAuthPS.Jwt")]
    [InlineData("OAuthPS.Jwt", "Microsoft.IdentityModel.Tokens")]
    public async Task A_package_has_all_that_a_program_needs_and_nothing_of_this_machine(string library, string dependencies)
    {
        await PackAsync(library);

        using var package = await OpenAsync($"{library}.*.nupkg");
        Assert.Equal(
            ["README.md", $"lib/net8.0/{library}.dll", $"lib/net8.0/{library}.xml"],
            package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal) || name.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var metadata = XDocument.Parse(Encoding.UTF8.GetString(Read(package, $"{library}.nuspec")).TrimStart('\uFEFF')).Root!.Elements().First();
        Assert.Equal((library, "MIT", "README.md", "expression"), (Value(metadata, "id"), Value(metadata, "license"), Value(metadata, "readme"), Element(metadata, "license")!.Attribute("type")?.Value));
        Assert.EndsWith(".", Value(metadata, "description"), StringComparison.Ordinal);
        Assert.Equal(
            dependencies.Split(' '),
            metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Order());
        Assert.All(
            metadata.Elements().Where(element => element.Name.LocalName == "repository").Select(element => element.Attribute("url")?.Value).OfType<string>(),
            url => Assert.StartsWith("https://github.com/", url, StringComparison.Ordinal));
        Assert.All(package.Entries, entry => Assert.False(Contains(Read(entry), ArchitectureTests.Root), entry.FullName));
    }

    [Theory]
    [InlineData("OAuthPS.Flows")]
    [InlineData("OAuthPS.Jwt")]
    public async Task An_assembly_is_deterministic_and_its_symbols_have_the_sources_that_no_repository_has(string library)
    {
        await PackAsync(library);

        using var package = await OpenAsync($"{library}.*.nupkg");
        using var assembly = new PEReader(new MemoryStream(Read(package, $"lib/net8.0/{library}.dll")));
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);

        using var symbols = await OpenAsync($"{library}.*.snupkg");
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Read(symbols, $"lib/net8.0/{library}.pdb")));
        var reader = pdb.GetMetadataReader();
        Assert.All(reader.Documents, handle => Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(handle).Name), StringComparison.Ordinal));
        Assert.Contains(reader.CustomDebugInformation, handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == _embeddedSource);
    }

    private async Task PackAsync(string library)
    {
        var configuration = typeof(OAuthException).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "pack", Path.Combine(ArchitectureTests.Root, "src", library), "--no-build", "--nologo", "--configuration", configuration, "--output", _folder })
            start.ArgumentList.Add(argument);
        using var pack = Process.Start(start)!;
        var output = await pack.StandardOutput.ReadToEndAsync();
        await pack.WaitForExitAsync();
        Assert.True(pack.ExitCode == 0, output);
    }

    private async Task<ZipArchive> OpenAsync(string pattern) =>
        new(new MemoryStream(await File.ReadAllBytesAsync(Assert.Single(Directory.EnumerateFiles(_folder, pattern)))));

    private static byte[] Read(ZipArchive package, string name) => Read(package.GetEntry(name)!);

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static bool Contains(byte[] content, string text) =>
        content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    private static XElement? Element(XElement metadata, string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    private static string? Value(XElement metadata, string name) => Element(metadata, name)?.Value;
}
