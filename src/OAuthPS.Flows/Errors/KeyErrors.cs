using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <content>Messages about keys and certificates.</content>
internal static partial class Errors
{
    internal static OAuthUsageException KeyFileNotFound(string path) => new(
        OAuthErrorId.KeyFileNotFound,
        $"There is no key file {ShownInput.Path(path)}.",
        "Check the path. The text of a key is taken as PEM, as a JWK, or as PKCS #8 in base64.");

    internal static OAuthConnectionException KeyFileAccess(string path, Exception inner) => Connection(
        OAuthErrorId.KeyFileAccess,
        $"The key file {ShownInput.Path(path)} cannot be read.",
        "Check its rights.",
        ShownInput.IsPathShown(path) ? inner : null);

    internal static OAuthUsageException KeyInvalid(string source, string flaw) => Usage(
        OAuthErrorId.KeyInvalid,
        $"{source} {flaw}.",
        "Give a private key as PEM (PKCS #8, PKCS #1 or SEC 1), the same in base64 without PEM's first and last line, PKCS #12 or a JWK.");

    internal static OAuthUsageException KeyIsSecret(string source) => new(
        OAuthErrorId.KeyInvalid,
        $"{source} is a shared secret (kty \"oct\").",
        "Give it as the client's secret; or give a private key as PEM, PKCS #12 or a JWK.")
    {
        Inputs = [OAuthInput.ClientSecret],
    };

    internal static OAuthUsageException KeyInOldForm(string source, string conversion) => Usage(
        OAuthErrorId.KeyInvalid,
        $"{source} is in a form that this platform cannot read.",
        $"Convert it: {conversion}");

    internal static OAuthUsageException KeyIsPublic(string source) => Usage(
        OAuthErrorId.KeyIsPublic,
        $"{source} is a public key, and a client proves itself with its private one.",
        "Give the private key that belongs to it.");

    internal static OAuthUsageException CertificateWithoutKey(string source) => Usage(
        OAuthErrorId.KeyIsPublic,
        $"{source} is a certificate without its private key.",
        "Give a PKCS #12 file (.pfx), a PEM file with both, or a certificate of a store that has the key.");

    internal static OAuthUsageException KeyWithoutCertificate(string source) => new(
        OAuthErrorId.KeyInvalid,
        $"{source} has a key and no certificate.",
        "Give a PKCS #12 file (.pfx) or a PEM file with both; a key by itself is for the client's key.")
    {
        Inputs = [OAuthInput.ClientKey],
    };

    internal static OAuthUsageException KeyPasswordNeeded(string source) => Usage(
        OAuthErrorId.KeyPasswordNeeded,
        $"{source} is encrypted.",
        "Give its password.");

    internal static OAuthUsageException KeyPasswordWrong(string source) => new(
        OAuthErrorId.KeyPasswordWrong,
        $"{source} cannot be decrypted with the password given, or what is in it is neither RSA nor elliptic.",
        "Check the password. With the right one: an Ed25519 key cannot be used, since .NET cannot sign with it.");

    internal static OAuthUsageException EdDsaNotSupported(string source) => new(
        OAuthErrorId.KeyNotSupported,
        $"{source} is an Edwards-curve key (EdDSA), and .NET has no Ed25519 to sign with.",
        "Register an elliptic key on P-256 (ES256) at the provider, which is as strong, and give that.");

    internal static OAuthUsageException KeyKindNotSupported() => new(
        OAuthErrorId.KeyNotSupported,
        "The key is of a kind that cannot be used.",
        "Give an RSA key, or an elliptic one on the curve P-256, P-384 or P-521.");

    internal static OAuthUsageException KeyTooShort(int bits, int least) => Usage(
        OAuthErrorId.KeyTooShort,
        $"The RSA key has {bits} bits, and may not have fewer than {least} (RFC 7518 section 3.3).",
        "Register a longer one at the provider, and give that.");

    internal static OAuthUsageException KeyAlgorithm(string algorithm, IEnumerable<string> fitting) => Usage(
        OAuthErrorId.KeyAlgorithm,
        $"The key does not sign with {ShownInput.Text(algorithm)}.",
        $"It signs with {string.Join(", ", fitting)}.");

    internal static OAuthUsageException KeyAlgorithmsNotTaken(
        string server, string what, IEnumerable<string> announced, IEnumerable<string> fitting) => new(
        OAuthErrorId.KeyAlgorithm,
        $"{server} takes {what} signed with {WireFormat.Clean(string.Join(", ", announced), [])}, and the key signs with "
            + $"{string.Join(", ", fitting)}.",
        "Register a key of another kind at the provider, or name one of its algorithms if you know that it is taken.")
    {
        Inputs = [OAuthInput.ClientKeyAlgorithm],
    };

    internal static OAuthUsageException StorePath(string path) => Usage(
        OAuthErrorId.InvalidStorePath,
        $"'{ShownInput.Text(path)}' names no certificate of a store.",
        @"Give it as Cert:\CurrentUser\My\ with the 40 digits of the certificate's thumbprint.");

    internal static OAuthUsageException CertificateNotFound(string path) => new(
        OAuthErrorId.CertificateNotFound,
        $"There is no certificate {WireFormat.Clean(path, [])}.",
        "Check the store and the thumbprint.");

    internal static OAuthUsageException AdditionalClaimTaken(string name) => Usage(
        OAuthErrorId.AdditionalClaimTaken,
        $"The additional claims have '{ShownInput.Text(name)}', which every assertion has of its own.",
        "Give claims that the assertion does not have by itself: iss, sub, aud, jti, iat and exp are set.");

    internal static OAuthUsageException NothingToSignWith() => new(
        OAuthErrorId.MissingParameter,
        "The client has neither a secret nor a key to sign with.",
        "Give the client's secret, or its private key.")
    {
        Inputs = [OAuthInput.ClientSecret, OAuthInput.ClientKey],
    };
}
