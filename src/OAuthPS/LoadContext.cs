using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace OAuthPS;

/// <summary>
/// Loads the flow library, and below it the third-party assemblies, apart from those of other modules: the identity libraries
/// are what PowerShell users' modules collide on most. PowerShell itself loads only this assembly, into the default context.
/// </summary>
internal sealed class LoadContext : AssemblyLoadContext
{
    private readonly string _directory;

    private LoadContext(string directory)
        : base("OAuthPS") => _directory = directory;

    // One for the process, made when it is first asked for: runspaces that import at the same time share it.
    private static readonly Lazy<LoadContext> _instance =
        new(() => new LoadContext(Path.Combine(Path.GetDirectoryName(typeof(LoadContext).Assembly.Location)!, "lib")));

    private static readonly string _flows = "OAuthPS.Flows";

    /// <summary>Answers for the flow library alone, so that nothing of ours is ever given to another module.</summary>
    internal static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == _flows ? _instance.Value.LoadFromAssemblyName(name) : null;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_directory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}

/// <summary>Runs when PowerShell imports the module, before any cmdlet does.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private static int _registered;

    /// <summary>Says where the flow library is. It stays said when the module is removed: its types are still in use by what it returned.</summary>
    public void OnImport()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 0)
        {
            AssemblyLoadContext.Default.Resolving += LoadContext.Resolve;
        }
    }
}
