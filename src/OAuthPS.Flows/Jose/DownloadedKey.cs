using System.Text;
using System.Text.Json;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Jose;

/// <summary>
/// A private key in the JSON that a provider lets an administrator download: PEM in one member, and beside it the id of the key and the
/// client it is of.
/// </summary>
internal static class DownloadedKey
{
    // Google's service accounts (https://developers.google.com/identity/protocols/oauth2/service-account), whose assertion has a subject
    // only where it acts for a person; Zitadel's applications and service accounts (https://zitadel.com/docs).
    private static readonly Shape[] _shapes =
    [
        new("private_key", "private_key_id", "client_email", OmitsSubject: true),
        new("key", "keyId", "clientId"),
        new("key", "keyId", "userId"),
    ];

    /// <returns>The key; null where the text is of another shape.</returns>
    /// <exception cref="OAuthUsageException">It has a key that cannot be used.</exception>
    internal static ClientKey? TryRead(string json, string source, ClientKeyOptions options)
    {
        if (JsonShape.TryReadObject(Encoding.UTF8.GetBytes(json)) is not { } members
            || Array.Find(_shapes, shape => shape.Fits(members)) is not { } shape)
        {
            return null;
        }

        var clientId = JsonWebSignature.Text(members, shape.ClientId)!;
        if (!TerminalText.IsHarmless(clientId))
        {
            throw Errors.KeyInvalid(source, $"has a control character or an invisible one in '{shape.ClientId}'");
        }

        var (key, certificate) = PemKey.ReadWithCertificate(JsonWebSignature.Text(members, shape.Key)!, source, options.Password);
        certificate?.Dispose();
        return new ClientKey(key, options.KeyId ?? JsonWebSignature.Text(members, shape.KeyId), options.Algorithm)
        {
            ClientId = clientId,
            OmitsSubject = shape.OmitsSubject,
        };
    }

    private sealed record Shape(string Key, string KeyId, string ClientId, bool OmitsSubject = false)
    {
        internal bool Fits(JsonElement members) =>
            JsonWebSignature.Text(members, Key) is { } key && KeyFile.IsPem(key)
            && JsonWebSignature.Text(members, ClientId) is { Length: > 0 };
    }
}
