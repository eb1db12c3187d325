using System.Collections;
using System.Management.Automation;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Secrets;
using OAuthPS.Values;

namespace OAuthPS.Parameters;

/// <summary>Takes the name of a signing algorithm in any case.</summary>
public sealed class SigningAlgorithmAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var given = inputData.Bare()?.ToString();
        return string.IsNullOrEmpty(given) ? null : Find(given);
    }

    internal static string Find(string given) =>
        given.ToUpperInvariant() is "EDDSA" or "ED25519" ? throw new ArgumentTransformationMetadataException(
            "EdDSA is not possible: .NET has no Ed25519 to sign with. ES256 is as strong, with an elliptic key on P-256.")
        : SigningAlgorithms.All.FirstOrDefault(name => name.Equals(given, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentTransformationMetadataException(
                $"'{ShownInput.Text(given)}' is none of {string.Join(", ", SigningAlgorithms.All)}.");
}

/// <summary>Completes signing algorithms.</summary>
public sealed class SigningAlgorithmCompleter : NameCompleter
{
    private protected override IEnumerable<(string Name, string Meaning)> Names(IDictionary boundParameters) =>
        SigningAlgorithms.All.Select(name => (name, name[0] switch
        {
            'R' => $"{name}: RSA, PKCS #1",
            'P' => $"{name}: RSA, PSS",
            _ => $"{name}: elliptic, P-{(name == "ES512" ? "521" : name[2..])}",
        }));
}
