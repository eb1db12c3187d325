namespace OAuthPS.Flows.Providers;

/// <summary>Where the vendor's own client keeps the credential of a user who has one: names only, never a value.</summary>
/// <param name="ClientIdVariable">The environment variable of the client id.</param>
/// <param name="ClientSecretVariable">The environment variable of the client secret.</param>
/// <param name="Folder">The folder, in the platform's folder for the user's configuration.</param>
/// <param name="FileName">The JSON file in it, with the members <c>client_id</c> and <c>client_secret</c>.</param>
public sealed record VendorCredential(string ClientIdVariable, string ClientSecretVariable, string Folder, string FileName)
{
    /// <summary>The places in the order they are looked at.</summary>
    public override string ToString() =>
        $"{ClientIdVariable} and {ClientSecretVariable}, else {FileName} in the configuration folder {Folder}";
}
