using System.Text.RegularExpressions;
using OAuthPS.Emulator;

namespace OAuthPS.Flows.Tests.Emulator;

/// <summary>Provider files and dialects in a folder of their own.</summary>
internal sealed class RehearsalFiles : IDisposable
{
    /// <summary>A provider file with nothing special in it.</summary>
    internal const string Plain = """
        {
          "name": "Plain", "serviceUrl": "https://api.plain.example", "tokenEndpoint": "/token",
          "flows": ["ClientCredentials"], "clientAuthentications": ["Basic"]
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("OAuthPS-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A file with a text.</summary>
    internal string Path(string name, string text)
    {
        var path = System.IO.Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The server that two texts describe.</summary>
    internal Rehearsal Read(string provider, string? dialect = null) =>
        Rehearsal.Read(Path("provider.json", provider), dialect is null ? null : Path("dialect.json", dialect));

    /// <summary>A server that docs/emulator.md describes.</summary>
    internal Rehearsal Documented(string name) => Read(Example($"{name}.json"), Example($"{name}.dialect.json"));

    private static string Example(string file) => Regex.Match(
        File.ReadAllText(System.IO.Path.Combine(ArchitectureTests.Root, "docs", "emulator.md")),
        $@"^`{Regex.Escape(file)}`:\r?\n```json\r?\n(.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;
}
