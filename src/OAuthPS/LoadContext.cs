using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace OAuthPS;

/// <summary>
/// Loads OAuthPS.Jwt, and below it the third-party assemblies, apart from those of other modules: the identity libraries are
/// what PowerShell users' modules collide on most. All else of the module is in the default context, where PowerShell finds its
/// types by name (<c>catch [OAuthPS.Flows.OAuthServerException]</c>).
/// </summary>
internal sealed class LoadContext : AssemblyLoadContext
{
    private const string JwtLibrary = "OAuthPS.Jwt";

    // One for the process: runspaces share it.
    private static readonly LoadContext _instance = new(Path.Combine(Path.GetDirectoryName(typeof(LoadContext).Assembly.Location)!, "lib"));

    private readonly string _directory;

    private LoadContext(string directory)
        : base("OAuthPS") => _directory = directory;

    /// <summary>Answers for our own assembly alone, so that nothing of ours is ever given to another module.</summary>
    internal static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == JwtLibrary ? _instance.LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_directory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}

/// <summary>Runs when PowerShell imports the module.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private static int _registered;

    /// <summary>
    /// Says where the JWT library is. It stays said when the module is removed: what the cmdlets returned is still in use.
    /// </summary>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += LoadContext.Resolve;
        }
    }
}
