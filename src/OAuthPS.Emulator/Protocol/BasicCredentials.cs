using System.Text;

namespace OAuthPS.Emulator;

/// <summary>
/// HTTP Basic in its plain form: UTF-8 <c>id:secret</c> (RFC 7617), not the form-encoded one of RFC 6749 section 2.3.1.
/// </summary>
internal sealed record BasicCredentials(string Id, string Secret)
{
    private const string Scheme = "Basic ";
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>True when the request carries an Authorization header of any kind.</summary>
    public static bool AreOffered(HttpContext context) => context.Request.Headers.Authorization.Count > 0;

    /// <summary>The credentials of the one Authorization header; null when there is none, or more than one, or it is malformed.</summary>
    public static BasicCredentials? Of(HttpContext context)
    {
        if (context.Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            var text = _strict.GetString(Convert.FromBase64String(header[Scheme.Length..].Trim()));
            // The id holds no colon, the secret may (RFC 7617 section 2).
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : new(text[..colon], text[(colon + 1)..]);
        }
        catch (Exception malformed) when (malformed is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    public bool Match(string id, string secret) => Secret.IsSameSecret(secret) & Id.IsSameSecret(id);

    // A record prints its members; this one holds a secret.
    public override string ToString() => Id + ":***";
}
