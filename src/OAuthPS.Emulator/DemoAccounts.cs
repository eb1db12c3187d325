namespace OAuthPS.Emulator;

/// <summary>The accounts every emulator starts with. They are for loopback only and secret from nobody.</summary>
public static class DemoAccounts
{
    /// <summary>Spacebring's client; with its secret it is the Basic example of Spacebring's documentation.</summary>
    public const string SpacebringClientId = "client id";

    /// <summary>Its secret.</summary>
    public const string SpacebringClientSecret = "client secret";

    /// <summary>What the header <c>spacebring-network-id</c> has to say besides a bearer token.</summary>
    public const string SpacebringNetworkId = "8f1ad2a0-3c64-4f4e-9d3e-0d6b6a2f7c11";

    /// <summary>The person who signs in to Spacebring.</summary>
    public const string SpacebringUserName = "ada@example.com";

    /// <summary>Their password.</summary>
    public const string SpacebringPassword = "spacebring-password";

    /// <summary>The user whose id the token example of SpatiaFi's documentation carries.</summary>
    public const string SpatiaFiUserId = "9221ffc9-640f-4372-86d3-ce642cba5603";

    /// <summary>That user's e-mail address.</summary>
    public const string SpatiaFiUserName = "ada@example.com";

    /// <summary>Their password.</summary>
    public const string SpatiaFiPassword = "correct horse battery staple";

    /// <summary>An App Credential that is there from the start.</summary>
    public const string SpatiaFiClientId = "5d3a1c9e-7f0b-4f7e-8a51-2d9c6f0e1b42";

    /// <summary>Shorter than the 128 bits that some JWT libraries insist on: secrets come in any length.</summary>
    public const string SpatiaFiClientSecret = "s3cr3t-short";

    /// <summary>Space's application with a secret.</summary>
    public const string SpaceClientId = "space-client";

    /// <summary>Holds characters that tell plain from form-encoded Basic credentials apart.</summary>
    public const string SpaceClientSecret = "space-secret:with+odd chars&=";

    /// <summary>A client without a secret: it has to use PKCE.</summary>
    public const string SpacePublicClientId = "space-public";

    /// <summary>The person who signs in to Space.</summary>
    public const string SpaceUserName = "ada";

    /// <summary>Their password.</summary>
    public const string SpacePassword = "space-password";

    /// <summary>Blynk's client.</summary>
    public const string BlynkClientId = "oa2-client-id_demo";

    /// <summary>Its secret.</summary>
    public const string BlynkClientSecret = "blynk-secret";

    /// <summary>The client of every server that is rehearsed with a provider file.</summary>
    public const string RehearsalClientId = "rehearsal-client";

    /// <summary>Its secret.</summary>
    public const string RehearsalClientSecret = "rehearsal-secret";

    /// <summary>The person who signs in there.</summary>
    public const string RehearsalUserName = "ada@example.com";

    /// <summary>Their password.</summary>
    public const string RehearsalPassword = "rehearsal-password";

    /// <summary>The redirect URI registered besides every loopback one.</summary>
    public const string RedirectUri = "https://app.example/callback";

    internal static bool IsRehearsalUser(string userName, string password)
        => userName == RehearsalUserName & password.IsSameSecret(RehearsalPassword);
}
