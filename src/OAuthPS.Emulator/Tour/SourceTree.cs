namespace OAuthPS.Emulator;

/// <summary>The checkout that this program was built in.</summary>
internal static class SourceTree
{
    /// <summary>Finds a file by its path from the top of the checkout.</summary>
    /// <returns>Its full path; null where there is none.</returns>
    internal static string? Find(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine([folder.FullName, .. path]);
            if (File.Exists(file))
                return file;
        }

        return null;
    }
}
