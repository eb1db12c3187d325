using System.Collections;
using System.Management.Automation;
using OAuthPS.Parameters;

namespace OAuthPS.Commands;

/// <content>Files up and down.</content>
public sealed partial class InvokeOAuthRestMethodCommand
{
    /// <summary>The file that is the body, read while it is sent.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InFile { get; set; }

    /// <summary>The fields of a form of several parts: a file (<c>Get-Item</c>) is sent as one, a list once for each item.</summary>
    [Parameter]
    [DictionaryConversion]
    public IDictionary? Form { get; set; }

    /// <summary>
    /// The file that the response goes into as it arrives, or a folder, for a file with the last name of the address. It is there whole, or
    /// as it was before.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>
    /// Writes <c>-OutFile</c> in place, so that what has arrived stays when the connection breaks, and the next call with this goes on
    /// from there.
    /// </summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Returns the response as well as writing it to <c>-OutFile</c>.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // A drive of PowerShell's that has no files, such as Env:, has a path that would be one of a file all the same.
    private string FileOnDiskAt(string path)
    {
        var file = FileAt(path);
        return SessionState.Path.IsPSAbsolute(path, out var drive) && SessionState.Drive.Get(drive).Provider.Name is not "FileSystem"
            ? throw Refuse(ErrorRecords.NotOnDisk(path, drive))
            : file;
    }

    private string FileFor(string path, Uri address)
    {
        var file = FileOnDiskAt(path);
        if (!Directory.Exists(file))
        {
            return file;
        }

        var name = Uri.UnescapeDataString(address.OriginalString.Split('?', '#')[0].Split('/')[^1]);
        return name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.Any(char.IsControl)
            && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0
            ? Path.Combine(file, name)
            : throw Refuse(ErrorRecords.FileNameNeeded(path));
    }
}
