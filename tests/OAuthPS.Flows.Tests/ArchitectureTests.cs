using System.Reflection;
using System.Text.RegularExpressions;

namespace OAuthPS.Flows.Tests;

/// <summary>The rules of the house, where the compiler does not hold them.</summary>
public class ArchitectureTests
{
    private const int LongestFile = 250;
    private const int LongestLine = 140;

    internal static string Root { get; } = FindRoot();

    // From the ground up: a room uses those before it and none after it. What stands in the library's own folder belongs to all.
    private static readonly string[] _rooms =
        ["Secrets", "Errors", "Jose", "Http", "Providers", "Messages", "ClientAuthentication", "Server", "SignIn", "Flows", "Registration", "Tokens", "Vaults", "Api", "Sessions", "Vendors", "Connect"];

    private static readonly Regex _powerShellWords = new(
        @"(?<![\w\-}\]])-(?:(?!PKCS8\b)[A-Z][A-Za-z]+|\{)"
        + @"|\b(?:Add|Connect|Convert|ConvertFrom|ConvertTo|Disconnect|ForEach|Get|Import|Install|Invoke|New|Read|Register|Remove|Restore|Revoke|Save|Select|Set|Test|Unlock|Unregister|Update|Write)"
        + @"-(?!Cookie\b)[A-Z][A-Za-z]"
        + @"|PowerShell|\b[Cc]mdlets?\b|\b[Hh]ashtables?\b|\b[Rr]unspaces?\b|\$using:|@[{(]");

    public static IEnumerable<object[]> Pairs =>
        from below in Enumerable.Range(0, _rooms.Length)
        from above in _rooms[(below + 1)..]
        select new object[] { _rooms[below], above };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Dependencies_point_downward(string room, string above)
    {
        var pattern = new Regex($@"\b(using\s+(static\s+)?)?(global::)?OAuthPS\.Flows\.{above}\b|^\s*using\s+{above}\b|(?<![.\w/]){above}\.(?=[A-Z]\w*\.)", RegexOptions.Multiline);

        Assert.All(Sources($"src/OAuthPS.Flows/{room}"), file => Assert.DoesNotMatch(pattern, Code(file)));
    }

    // The module's own; what stands in its folder (the base of the cmdlets, the sessions of a runspace) binds them together.
    [Theory]
    [InlineData("Advice", "Values|Vaults|Views|Parameters|Calls|Commands")]
    [InlineData("Values", "Vaults|Views|Parameters|Calls|Commands")]
    [InlineData("Vaults", "Views|Parameters|Calls|Commands")]
    [InlineData("Views", "Parameters|Calls|Commands")]
    [InlineData("Parameters", "Calls|Commands")]
    [InlineData("Calls", "Commands")]
    public void Dependencies_of_the_module_point_downward(string room, string above) =>
        Assert.All(Sources($"src/OAuthPS/{room}"), file => Assert.DoesNotMatch(new Regex($@"\busing\s+OAuthPS\.({above})\b"), Code(file)));

    [Fact]
    public void Every_file_is_in_a_room() => Assert.All(Sources("src/OAuthPS.Flows"), file =>
        Assert.Contains(Path.GetRelativePath(Path.Combine(Root, "src/OAuthPS.Flows"), file).Split(Path.DirectorySeparatorChar)[0], _rooms.Append(Path.GetFileName(file))));

    [Fact]
    public void The_flow_library_knows_neither_PowerShell_nor_a_console() =>
        Assert.All(Sources("src/OAuthPS.Flows").Concat(Sources("src/OAuthPS.Jwt")), file =>
            Assert.DoesNotMatch(new Regex(@"System\.Management\.Automation|\bConsole\.|\bPSCmdlet\b"), Code(file)));

    // In the code as a whole, and so in literals of every kind; no comment of the code stands behind it on its line.
    [Fact]
    public void The_librarys_words_name_no_cmdlet_and_no_parameter_of_one() =>
        Assert.All(Sources("src/OAuthPS.Flows").Concat(Sources("src/OAuthPS.Jwt")), file => Assert.DoesNotMatch(_powerShellWords, Code(file)));

    [Theory]
    [InlineData("\"Give -Scope.\"")]
    [InlineData("$\"(-{name})\"")]
    [InlineData("\"\"\"-Vault\"\"\"")]
    [InlineData("@\"C:\\, -Force\"")]
    [InlineData("\"Connect-OAuthProvider\"")]
    [InlineData("\"Test-SecretVault tells.\"")]
    [InlineData("\"a hashtable\"")]
    [InlineData("\"@{ type = 'x' }\"")]
    [InlineData("\"this runspace\"")]
    public void Words_of_PowerShell_are_found_in_a_literal_of_any_kind(string literal) => Assert.Matches(_powerShellWords, literal);

    [Theory]
    [InlineData("\"Content-Type\", \"WWW-Authenticate\", \"Set-Cookie\", \"Retry-After\"")]
    [InlineData("\"-----BEGIN PRIVATE KEY-----\"")]
    [InlineData("\"openssl pkcs8 -topk8 -in old.pem\"")]
    [InlineData("$\"{one}-{other}\"")]
    [InlineData("\"[A-Za-z0-9._-]\"")]
    [InlineData("return a - B;")]
    public void Other_hyphens_are_not_taken_for_words_of_PowerShell(string code) => Assert.DoesNotMatch(_powerShellWords, code);

    [Fact]
    public void The_flow_librarys_assembly_refers_to_no_third_party() =>
        Assert.All(typeof(OAuthException).Assembly.GetReferencedAssemblies(), reference =>
            Assert.True(reference.Name == "OAuthPS.Jwt" || reference.Name!.StartsWith("System.", StringComparison.Ordinal) || reference.Name == "Microsoft.Win32.Primitives", reference.FullName));

    [Fact]
    public void No_code_asks_which_provider_it_has() =>
        Assert.All(Sources("src/OAuthPS.Flows").Where(file => !file.EndsWith("BuiltInProviders.cs", StringComparison.Ordinal)), file =>
            Assert.DoesNotMatch(new Regex(@"[Pp]rovider\.(Name|DisplayName)\s*(==|!=|is\b|switch\b|\.Equals)|case\s+""(Blynk|SpatiaFi|Spacebring|JetBrainsSpace)"""), Code(file)));

    [Fact]
    public void Time_is_an_input() =>
        Assert.All(Sources("src/OAuthPS.Flows").Concat(Sources("src/OAuthPS.Jwt")), file =>
            Assert.DoesNotMatch(new Regex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b|\bThread\.Sleep\b|Task\.Delay\([^,()]*(\([^()]*\))?[^,()]*\)|Stopwatch\.StartNew|Environment\.TickCount"), Code(file)));

    [Fact]
    public void No_public_signature_has_a_third_party_type()
    {
        foreach (var assembly in new[] { typeof(OAuthException).Assembly, typeof(Jwt.JwtSigner).Assembly })
        {
            var foreign =
                from type in assembly.GetExportedTypes()
                from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                from used in Signature(member).Append(type.BaseType ?? typeof(object)).Concat(type.GetInterfaces()).SelectMany(Parts)
                let name = used.Assembly.GetName().Name!
                where name != assembly.GetName().Name && name != "OAuthPS.Flows" && !name.StartsWith("System.", StringComparison.Ordinal)
                select $"{type}.{member.Name}: {used}";
            Assert.Empty(foreign.Distinct());
        }
    }

    [Fact]
    public void No_file_is_longer_than_two_ideas_allow() =>
        Assert.Empty(Sources("src").Where(file => File.ReadLines(file).Count() > LongestFile).Select(file => Path.GetRelativePath(Root, file)));

    [Fact]
    public void No_line_of_the_product_is_longer_than_a_screen_is_wide() => Assert.Empty(
        from file in Sources("src")
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        where line.Text.Length > LongestLine
        select $"{Path.GetRelativePath(Root, file)}:{line.Number}");

    [Fact]
    public void The_search_for_sources_finds_them() => Assert.True(Sources("src/OAuthPS.Flows").Count() > 40);

    private static IEnumerable<Type> Signature(MemberInfo member) => member switch
    {
        MethodBase { IsPublic: false, IsFamily: false, IsFamilyOrAssembly: false } => [],
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
        MethodBase constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        FieldInfo { IsPublic: true } field => [field.FieldType],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) =>
        type.GetGenericArguments().SelectMany(Parts).Concat(type.GetElementType() is { } element ? Parts(element) : []).Append(type);

    private static string Code(string file) => Regex.Replace(File.ReadAllText(file), @"^\s*//.*$", "", RegexOptions.Multiline);

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OAuthPS.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("OAuthPS.sln is in no folder above the tests.");
    }
}
