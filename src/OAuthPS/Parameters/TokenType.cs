using System.Collections;
using System.Management.Automation;
using OAuthPS.Flows.Secrets;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>Takes a kind of token by the last part of its name (RFC 8693 section 3), as people say it, or as a URI.</summary>
public sealed class TokenTypeAttribute : ArgumentTransformationAttribute
{
    internal const string AccessToken = Prefix + "access_token";

    internal static readonly string[] Names = ["access_token", "refresh_token", "id_token", "jwt", "saml1", "saml2"];

    private const string Prefix = "urn:ietf:params:oauth:token-type:";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = inputData.Bare()?.ToString() ?? "";
        return given.Contains(':', StringComparison.Ordinal) ? given
            : Names.FirstOrDefault(name => name.Equals(given, StringComparison.OrdinalIgnoreCase)) is { } known ? Prefix + known
            : throw new ArgumentTransformationMetadataException(
                $"'{ShownInput.Text(given)}' is none of {string.Join(", ", Names)}, and no URI.");
    }
}

/// <summary>Completes kinds of tokens.</summary>
public sealed class TokenTypeCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        TokenTypeAttribute.Names.Select(name => (name, name));
}
