using System.Text.Json;
using System.Text.Json.Serialization;
using OAuthPS.Flows;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Registration;

namespace OAuthPS.Emulator;

/// <summary>A server to rehearse with: a provider file says where its endpoints are, and a dialect how it speaks.</summary>
public sealed class Rehearsal
{
    private const int LargestDialect = 64 * 1024;
    private const int Deepest = 16;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = Deepest,
    };

    private Rehearsal(OAuthProvider provider, Dialect dialect)
    {
        Provider = provider;
        Dialect = dialect;
        Endpoints = new RehearsedEndpoints(provider);
    }

    /// <summary>The provider, as its file has it.</summary>
    internal OAuthProvider Provider { get; }

    internal Dialect Dialect { get; }

    internal RehearsedEndpoints Endpoints { get; }

    /// <summary>Reads the two files.</summary>
    /// <param name="providerFile">The path of a provider file (docs/provider-file.md).</param>
    /// <param name="dialectFile">The path of a dialect (docs/emulator.md); null for a server that speaks as the specifications do.</param>
    /// <exception cref="InvalidDataException">One of them cannot be read or played; the message says where and why.</exception>
    public static Rehearsal Read(string providerFile, string? dialectFile = null)
    {
        try
        {
            // Whatever differs from customer to customer is as in the file's examples.
            var provider = ProviderFile.Read(providerFile);
            provider = ProviderVariables.Fill(provider, ProviderVariables.Examples(provider));
            var rehearsal = new Rehearsal(provider, dialectFile is null ? new Dialect() : ReadDialect(dialectFile));
            return rehearsal.Endpoints.Problem(rehearsal.Dialect) is { } problem
                ? throw new InvalidDataException($"{providerFile} cannot be played: {problem}")
                : rehearsal;
        }
        catch (OAuthException unusable)
        {
            throw new InvalidDataException(unusable.Message, unusable);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(unreadable.Message, unreadable);
        }
    }

    private static Dialect ReadDialect(string path)
    {
        try
        {
            var dialect = JsonSerializer.Deserialize<Dialect>(ReadBounded(path), _json)
                ?? throw new InvalidDataException($"{path} is no dialect: it is null.");
            return dialect.Problem() is { } problem ? throw new InvalidDataException($"{path} is no dialect: {problem}") : dialect;
        }
        catch (JsonException malformed)
        {
            // Its message is for those who know the types behind the file.
            var where = malformed.Path is { Length: > 1 } member ? $"what stands at {member}" : "it";
            throw new InvalidDataException(
                $"{path} is no dialect: {where} is malformed, unknown, there twice or of another type (line {malformed.LineNumber + 1}).",
                malformed);
        }
    }

    private static ReadOnlySpan<byte> ReadBounded(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[LargestDialect + 1];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = bytes.AsSpan(0, read);
        return read > LargestDialect ? throw new InvalidDataException($"{path} is no dialect: it is larger than 64 KiB.")
            : text.StartsWith("\uFEFF"u8) ? text[3..]
            : text;
    }
}
