using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Security;

namespace OAuthPS.Parameters;

/// <summary>
/// Converts what was given as PowerShell does. Where that fails, PowerShell's own message repeats what was given, and a password may
/// stand in it; this one says what is taken.
/// </summary>
public abstract class QuietConversionAttribute : ArgumentTransformationAttribute
{
    private readonly Type _type;
    private readonly string _taken;

    private protected QuietConversionAttribute(Type type, string taken) => (_type, _taken) = (type, taken);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is null ? null
        : LanguagePrimitives.TryConvertTo(inputData, _type, CultureInfo.InvariantCulture, out var converted) ? converted
        : throw new ArgumentTransformationMetadataException($"It takes {_taken}. What was given is not shown: it may hold a secret.");
}

/// <summary>Takes an address.</summary>
public class UrlConversionAttribute() : QuietConversionAttribute(typeof(Uri), "an address such as https://api.example.com/v1");

/// <summary>Takes a secret.</summary>
public sealed class SecureStringConversionAttribute()
    : QuietConversionAttribute(typeof(SecureString), "a SecureString, such as Read-Host -AsSecureString or Get-Secret give");

/// <summary>Takes names and values.</summary>
public sealed class DictionaryConversionAttribute() : QuietConversionAttribute(
    typeof(IDictionary), "a hashtable such as @{ name = 'value' }");
