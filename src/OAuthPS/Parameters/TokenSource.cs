using System.Management.Automation;
using System.Security;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;
using OAuthPS.Values;
using OAuthPS.Views;

namespace OAuthPS.Parameters;

/// <summary>A token as a parameter takes it: a SecureString, text, what <c>Get-OAuthToken</c> gives, or a session for its own.</summary>
public sealed class TokenSource
{
    private TokenSource(Secret? value, OAuthSessionReference? session)
    {
        Value = value;
        Session = session;
    }

    /// <summary>The token; null for the session's own.</summary>
    internal Secret? Value { get; }

    /// <summary>The session it came from; null where that is not known.</summary>
    internal OAuthSessionReference? Session { get; }

    /// <summary><c>***</c>, always.</summary>
    public override string ToString() => Secret.Mask;

    /// <returns>The source, or null when the value is none.</returns>
    internal static TokenSource? From(object? value) => value switch
    {
        TokenSource source => source,
        OAuthToken token => new(token.AccessToken.ToSecret(), new OAuthSessionReference(token.Session)),
        OAuthSession session => new(null, new OAuthSessionReference(session)),
        SecureString { Length: > 0 } token => new(token.ToSecret(), null),
        string text when !string.IsNullOrWhiteSpace(text) => new(new Secret(text.Trim()), null),
        _ => null,
    };
}

/// <summary>Takes what a token can be given as, and says so of anything else without repeating it.</summary>
public sealed class TokenSourceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is PSObject view && Deserialized.Is(view)
            ? throw new ArgumentTransformationMetadataException(
                "This is a description of a session or a token from another process or a file. Keep the session in a vault there with "
                    + "Save-OAuthSession, and open it here with Restore-OAuthSession.")
            : TokenSource.From(inputData.Bare())
            ?? throw new ArgumentTransformationMetadataException(
                "It takes a token that is not empty: a SecureString, text, what Get-OAuthToken gives, or a session.");
}
