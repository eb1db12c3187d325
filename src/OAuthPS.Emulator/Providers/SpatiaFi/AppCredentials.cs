namespace OAuthPS.Emulator;

/// <summary>The App Credentials ("technically an OAuth 2.0 Client") of the one user there is, oldest first.</summary>
internal sealed class AppCredentials
{
    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, string> secrets = new() { [DemoAccounts.SpatiaFiClientId] = DemoAccounts.SpatiaFiClientSecret };

    public IReadOnlyList<string> ClientIds
    {
        get { lock (gate) return [.. secrets.Keys]; }
    }

    public (string ClientId, string ClientSecret) Create()
    {
        var created = (ClientId: Guid.NewGuid().ToString(), ClientSecret: SecretText.New());
        lock (gate)
            secrets.Add(created.ClientId, created.ClientSecret);
        return created;
    }

    public bool Delete(string clientId)
    {
        lock (gate)
            return secrets.Remove(clientId);
    }

    public string? FindSecret(string clientId)
    {
        lock (gate)
            return secrets.GetValueOrDefault(clientId);
    }
}
