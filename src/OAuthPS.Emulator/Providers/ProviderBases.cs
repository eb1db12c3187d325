namespace OAuthPS.Emulator;

/// <summary>Where each provider is, without a slash at the end.</summary>
internal sealed class ProviderBases(Uri baseAddress)
{
    public Uri Spacebring { get; } = new(baseAddress, "spacebring");

    public Uri SpatiaFi { get; } = new(baseAddress, "spatiafi");

    public Uri Space { get; } = new(baseAddress, "space");

    public Uri Blynk { get; } = new(baseAddress, "blynk");
}
