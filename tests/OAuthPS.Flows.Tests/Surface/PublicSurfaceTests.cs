using System.Reflection;
using OAuthPS.Jwt;

namespace OAuthPS.Flows.Tests.Surface;

/// <summary>The public surface of the libraries, as a file of the repository: each change to it is seen where the change is read.</summary>
public class PublicSurfaceTests
{
    // Set to accept what the libraries are now: OAUTHPS_ACCEPT_SURFACE=1 dotnet test --filter PublicSurface
    private const string Accept = "OAUTHPS_ACCEPT_SURFACE";

    public static TheoryData<string> Libraries => ["OAuthPS.Flows", "OAuthPS.Jwt"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_change_of_the_public_surface_is_seen(string library)
    {
        var file = Path.Combine(ArchitectureTests.Root, "tests", "OAuthPS.Flows.Tests", "Surface", $"{library}.txt");
        var now = PublicSurface.Of(AssemblyOf(library)).ToList();
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllText(file, string.Concat(now.Select(line => $"{line}\n")));

        var accepted = File.ReadAllLines(file);
        var changes = now.Except(accepted).Select(line => $"+ {line}").Concat(accepted.Except(now).Select(line => $"- {line}")).ToList();

        Assert.True(
            changes.Count == 0 && now.SequenceEqual(accepted),
            $"The public surface of {library} has changed:\n{string.Join('\n', changes)}\nIf it should, run these tests with {Accept}=1, and commit {Path.GetFileName(file)}.");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_surface_has_each_public_type_and_each_public_member_of_it(string library)
    {
        var lines = PublicSurface.Of(AssemblyOf(library)).ToList();

        Assert.All(AssemblyOf(library).GetExportedTypes(), type =>
        {
            var name = type.FullName!.Split('`')[0];
            Assert.Contains(lines, line => line.StartsWith(name, StringComparison.Ordinal));
            Assert.All(
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly),
                property => Assert.Contains(lines, line => line.StartsWith($"{name}.{property.Name}: ", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public void The_surface_says_what_a_caller_depends_on()
    {
        var lines = PublicSurface.Of(typeof(Shape).Assembly).Where(line => line.StartsWith(typeof(Shape).FullName!, StringComparison.Ordinal));

        Assert.Equal(
            [
                "OAuthPS.Flows.Tests.Surface.Shape.Clone(): Object",
                "OAuthPS.Flows.Tests.Surface.Shape.Count: Int32 { get; }",
                "OAuthPS.Flows.Tests.Surface.Shape.Find<T>(String? name = null, Int32? limit = 3): T? [virtual]",
                "OAuthPS.Flows.Tests.Surface.Shape.Limit = 7",
                "OAuthPS.Flows.Tests.Surface.Shape.Name: String { get; init; } [required]",
                "OAuthPS.Flows.Tests.Surface.Shape.Touch(): Void [protected]",
                "OAuthPS.Flows.Tests.Surface.Shape.new()",
                "OAuthPS.Flows.Tests.Surface.Shape: class of ICloneable",
            ],
            lines);
    }

    private static Assembly AssemblyOf(string library) => library == "OAuthPS.Jwt" ? typeof(JwtSigner).Assembly : typeof(OAuthException).Assembly;
}

/// <summary>A type with one of each.</summary>
public class Shape : ICloneable
{
    public const int Limit = 7;

    public required string Name { get; init; }

    public int Count { get; private set; }

    public virtual T? Find<T>(string? name = null, int? limit = 3)
        where T : class => name is null || limit is null ? null : default;

    public object Clone() => MemberwiseClone();

    protected void Touch() => Count++;

    internal static void Hidden()
    {
    }
}
