using System.Management.Automation;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Parameters;

/// <summary>Takes a provider by its name, or what <c>Get-OAuthProvider</c> gives, also where that comes from another process.</summary>
public sealed class ProviderNameAttribute : ArgumentTransformationAttribute
{
    private const string Deserialized = "Deserialized.OAuthPS.Flows.Providers.OAuthProvider";

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var view = inputData is null ? null : PSObject.AsPSObject(inputData);
        return view?.BaseObject switch
        {
            null => null,
            OAuthProvider provider => provider.Name,
            PSCustomObject when view.TypeNames.Contains(Deserialized) => view.Properties["Name"]?.Value?.ToString(),
            string or IConvertible => inputData,
            _ => throw new ArgumentTransformationMetadataException("It takes the name of a provider, or what Get-OAuthProvider gives."),
        };
    }
}
