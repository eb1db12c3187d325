using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Registration;

/// <summary>
/// A provider as a JSON file: the members of <see cref="OAuthProvider"/>, and no others, so that a misspelt one is found and a
/// secret has no place. docs/provider-file.md has the format.
/// </summary>
public static class ProviderFile
{
    private const int MaximumSize = 1024 * 1024;

    // By reflection: generated code sets every init-only property, and gives null and false to those the file leaves to their default.
    private static readonly JsonSerializerOptions _json = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="OAuthUsageException">The file is not a provider's; the message says where and why.</exception>
    /// <exception cref="OAuthConnectionException">The file cannot be read.</exception>
    public static OAuthProvider Read(string path)
    {
        try
        {
            var bytes = BoundedFile.Read(path, MaximumSize) ?? throw Errors.ProviderFileDamaged(path, "it is larger than a mebibyte");
            if (bytes.Length == 0)
            {
                throw Errors.ProviderFileDamaged(path, "it is empty, or a device or pipe");
            }

            var provider = Parse(bytes, out var flaw);
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
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
            try
            {
                File.WriteAllBytes(temporary, ToJson(provider));
                File.Move(temporary, path, overwrite: true);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Errors.ProviderFileAccess(path, failure);
        }
    }

    internal static byte[] ToJson(OAuthProvider provider) => JsonSerializer.SerializeToUtf8Bytes(provider, _json);

    /// <returns>The provider, or null with what is wrong.</returns>
    internal static OAuthProvider? Parse(ReadOnlySpan<byte> json, out string? flaw)
    {
        // Editors put a byte order mark there (RFC 8259 section 8.1).
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            var provider = JsonSerializer.Deserialize<OAuthProvider>(json, _json);
            flaw = provider is null ? "it is empty" : ProviderCheck.Flaw(provider);
            return flaw is null ? provider : null;
        }
        catch (JsonException failure)
        {
            // Its message repeats parts of the file's structure and no value; a value of the wrong place may be a secret.
            flaw = (failure.Path is { Length: > 1 } member
                    ? $"at {WireFormat.Clean(member, [])}"
                    : "it is not a JSON object of the known members")
                + (failure.LineNumber is { } line ? $", line {line + 1}" : "");
            return null;
        }
    }
}
