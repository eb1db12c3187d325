using System.Security.Cryptography;
using System.Text;
using OAuthPS.Flows.Vaults;

namespace OAuthPS.Worker;

/// <summary>A vault for tests: a folder with a file for each session, written beside it and renamed over it.</summary>
public sealed class FileVault(string folder) : ISessionVault
{
    public string Name => "files";

    public async Task<string?> ReadAsync(string session, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(PathOf(session), cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public async Task WriteAsync(string session, string entry, IReadOnlyDictionary<string, string> description, CancellationToken cancellationToken)
    {
        var temporary = $"{PathOf(session)}.{Environment.ProcessId}.tmp";
        await using (var file = File.Create(temporary))
        {
            // In two parts, so that a process that is killed between them leaves half an entry, though not in the entry's place.
            var bytes = Encoding.UTF8.GetBytes(entry);
            await file.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), cancellationToken);
            await file.FlushAsync(cancellationToken);
            await Task.Delay(1, cancellationToken);
            await file.WriteAsync(bytes.AsMemory(bytes.Length / 2), cancellationToken);
        }

        File.Move(temporary, PathOf(session), overwrite: true);
    }

    public Task RemoveAsync(string session, CancellationToken cancellationToken)
    {
        File.Delete(PathOf(session));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException("No test asks for it.");

    private string PathOf(string session) => Path.Combine(folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(session)))[..16]);
}
