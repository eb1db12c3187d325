namespace OAuthPS.Flows;

/// <content>Failures of a client's keys, certificates and assertions.</content>
public sealed partial class OAuthErrorId
{
    /// <summary>There is no file at the path of a key.</summary>
    public static OAuthErrorId KeyFileNotFound { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>The file of a key cannot be read.</summary>
    public static OAuthErrorId KeyFileAccess { get; } = new(OAuthErrorKind.Connection);
    /// <summary>What was given as a key cannot be read as one.</summary>
    public static OAuthErrorId KeyInvalid { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>A private key is needed, and this is a public one or a certificate without its key.</summary>
    public static OAuthErrorId KeyIsPublic { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The key is encrypted, and no password is given.</summary>
    public static OAuthErrorId KeyPasswordNeeded { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The password does not open the key.</summary>
    public static OAuthErrorId KeyPasswordWrong { get; } = new(OAuthErrorKind.Authentication);
    /// <summary>The key is of a kind or curve that cannot sign here.</summary>
    public static OAuthErrorId KeyNotSupported { get; } = new(OAuthErrorKind.NotSupported);
    /// <summary>The key is shorter than the algorithm allows.</summary>
    public static OAuthErrorId KeyTooShort { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The key does not sign with that algorithm, or the provider does not take those of the key.</summary>
    public static OAuthErrorId KeyAlgorithm { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>The path is not one of a certificate store.</summary>
    public static OAuthErrorId InvalidStorePath { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>There is no such certificate in the store.</summary>
    public static OAuthErrorId CertificateNotFound { get; } = new(OAuthErrorKind.NotFound);
    /// <summary>An additional claim is already a part of the assertion.</summary>
    public static OAuthErrorId AdditionalClaimTaken { get; } = new(OAuthErrorKind.InvalidArgument);
    /// <summary>What was given is not a JWT, or not one that can be read.</summary>
    public static OAuthErrorId JwtInvalid { get; } = new(OAuthErrorKind.InvalidResponse);
    /// <summary>The signature or a claim of the JWT does not pass; do not trust it.</summary>
    public static OAuthErrorId JwtNotVerified { get; } = new(OAuthErrorKind.Authentication);
    /// <summary>The provider has no introspection endpoint, and the token is no JWT that could be verified here.</summary>
    public static OAuthErrorId TokenNotTestable { get; } = new(OAuthErrorKind.NotSupported);
}
