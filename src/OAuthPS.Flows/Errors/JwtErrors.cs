namespace OAuthPS.Flows;

/// <content>Messages about JWTs, and whether a token is good. None repeats a part of a token.</content>
internal static partial class Errors
{
    internal static OAuthUsageException JwtInvalid(string flaw) => new(
        OAuthErrorId.JwtInvalid,
        $"The token {flaw}.",
        "Many access tokens are opaque: only their server can read them. Ask it by introspection.");

    internal static OAuthUsageException JwtNotVerified(string flaw) => new(
        OAuthErrorId.JwtNotVerified,
        $"The token {flaw}.",
        "Do not trust it. Check that the key, secret or issuer is the right one.");

    internal static OAuthUsageException NoVerificationKey(string source) => new(
        OAuthErrorId.KeyInvalid,
        $"{source} has no key in it that can verify a signature.",
        "Give a JWK or a set of them, a public key or certificate as PEM, or the shared secret.")
    {
        Inputs = [OAuthInput.VerificationKey],
    };

    internal static OAuthUsageException TokenNotTestable(ProviderNames provider, string why) => new(
        OAuthErrorId.TokenNotTestable,
        $"{provider.DisplayName} has no introspection endpoint, and {why}: the token's validity cannot be checked.",
        "Call an API with it to find out.")
    {
        Provider = provider.Name,
    };
}
