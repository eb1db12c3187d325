namespace OAuthPS.Emulator;

/// <summary>Where each provider is, without a slash at the end.</summary>
internal sealed class ProviderBases(Uri baseAddress)
{
    /// <summary>Where they are for whoever sent a request.</summary>
    public static ProviderBases Of(HttpRequest request) => new(new Uri($"{request.Scheme}://{request.Host}/"));

    /// <summary>Spacebring.</summary>
    public Uri Spacebring { get; } = new(baseAddress, "spacebring");

    /// <summary>SpatiaFi.</summary>
    public Uri SpatiaFi { get; } = new(baseAddress, "spatiafi");

    /// <summary>JetBrains Space.</summary>
    public Uri Space { get; } = new(baseAddress, "space");

    /// <summary>Blynk.</summary>
    public Uri Blynk { get; } = new(baseAddress, "blynk");
}
