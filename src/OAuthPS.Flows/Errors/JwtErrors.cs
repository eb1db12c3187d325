using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows;

/// <content>Messages about JWTs, and whether a token is good. None repeats a part of a token.</content>
internal static partial class Errors
{
    internal static OAuthUsageException JwtInvalid(string flaw) => new(
        OAuthErrorId.JwtInvalid,
        $"The token {flaw}.",
        "Many access tokens are opaque and for their server alone to read: Test-OAuthToken asks it.");

    internal static OAuthUsageException JwtNotVerified(string flaw) => new(
        OAuthErrorId.JwtNotVerified,
        $"The token {flaw}.",
        "Do not trust it. Check that the key, secret or issuer is the right one.");

    internal static OAuthUsageException NoVerificationKey(string source) => Usage(
        OAuthErrorId.KeyInvalid,
        $"{source} has no key in it that can verify a signature.",
        "Give a JWK or a set of them, a public key or certificate as PEM, or the secret with -Secret.");

    internal static OAuthUsageException TokenNotTestable(OAuthProvider provider, string why) => new(
        OAuthErrorId.TokenNotTestable,
        $"{provider.DisplayName} has no introspection endpoint, and {why}: nobody here can say whether it is good.",
        BuiltInProviders.Find(provider.Name) is not null
            ? "Call an API of the provider with it, which knows."
            : "Call the API with it; or register the provider again with -IntrospectionEndpoint or -Issuer if it has one.");
}
