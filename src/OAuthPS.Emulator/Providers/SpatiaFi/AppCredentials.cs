namespace OAuthPS.Emulator;

/// <summary>The App Credentials ("technically an OAuth 2.0 Client") of the one user there is, oldest first.</summary>
internal sealed class AppCredentials
{
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, string> _secrets = new()
    {
        [DemoAccounts.SpatiaFiClientId] = DemoAccounts.SpatiaFiClientSecret,
    };

    public IReadOnlyList<string> ClientIds
    {
        get { lock (_gate)
            {
                return [.. _secrets.Keys];
            }
        }
    }

    public (string ClientId, string ClientSecret) Create()
    {
        var created = (ClientId: Guid.NewGuid().ToString(), ClientSecret: SecretText.New());
        lock (_gate)
        {
            _secrets.Add(created.ClientId, created.ClientSecret);
        }

        return created;
    }

    public bool Delete(string clientId)
    {
        lock (_gate)
        {
            return _secrets.Remove(clientId);
        }
    }

    public string? FindSecret(string clientId)
    {
        lock (_gate)
        {
            return _secrets.GetValueOrDefault(clientId);
        }
    }
}
