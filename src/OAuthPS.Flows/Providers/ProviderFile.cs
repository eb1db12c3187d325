using System.Text.Json;
using System.Text.Json.Serialization;

namespace OAuthPS.Flows.Providers;

/// <summary>
/// A provider as a JSON file: the members of <see cref="OAuthProvider"/>, and no others, so that a misspelt one is found and a
/// secret has no place. docs/provider-file.md has the format.
/// </summary>
public static class ProviderFile
{
    private const long MaximumSize = 1024 * 1024;

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="OAuthUsageException">The file is not a provider's; the message says where and why.</exception>
    /// <exception cref="OAuthConnectionException">The file cannot be read.</exception>
    public static OAuthProvider Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumSize)
            {
                throw Errors.ProviderFileDamaged(path, "it is larger than a mebibyte");
            }

            var provider = Parse(File.ReadAllBytes(path), out var flaw);
            return provider ?? throw Errors.ProviderFileDamaged(path, flaw!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.ProviderFileAccess(path, failure);
        }
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <exception cref="OAuthConnectionException">The file cannot be written; one that was there is as it was.</exception>
    public static void Write(OAuthProvider provider, string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(temporary, ToJson(provider));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.ProviderFileAccess(path, failure);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    internal static byte[] ToJson(OAuthProvider provider) => JsonSerializer.SerializeToUtf8Bytes(provider, ProviderJson.Default.OAuthProvider);

    /// <returns>The provider, or null with what is wrong.</returns>
    internal static OAuthProvider? Parse(ReadOnlySpan<byte> json, out string? flaw)
    {
        try
        {
            var provider = JsonSerializer.Deserialize(json, ProviderJson.Default.OAuthProvider);
            flaw = provider is null ? "it is empty" : ProviderCheck.Flaw(provider);
            return flaw is null ? provider : null;
        }
        catch (JsonException failure)
        {
            // Its message repeats parts of the file's structure and no value; a value of the wrong place may be a secret.
            flaw = $"{(failure.Path is { Length: > 1 } member ? $"at {Protocol.WireFormat.Clean(member, [])}" : "it is not a JSON object of the known members")}"
                + (failure.LineNumber is { } line ? $", line {line + 1}" : "");
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OAuthProvider))]
internal sealed partial class ProviderJson : JsonSerializerContext;
