using System.Security;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Values;

namespace OAuthPS.Views;

/// <summary>A client assertion as the cmdlets give it. It is for one request.</summary>
public sealed class OAuthClientAssertion
{
    internal OAuthClientAssertion(SignedClientAssertion assertion, string clientId)
    {
        ClientAssertion = assertion.Value.ToSecureString();
        ClientAssertionType = assertion.Type;
        ClientId = clientId;
        Audience = assertion.Audience;
        Algorithm = assertion.Algorithm;
        ExpiresAt = assertion.ExpiresAt;
    }

    /// <summary>The value of the parameter <c>client_assertion</c>.</summary>
    public SecureString ClientAssertion { get; }

    /// <summary>The value of the parameter <c>client_assertion_type</c>.</summary>
    public string ClientAssertionType { get; }

    /// <summary>The client it is of.</summary>
    public string ClientId { get; }

    /// <summary>Whom it is for.</summary>
    public string Audience { get; }

    /// <summary>The JWS algorithm it is signed with.</summary>
    public string Algorithm { get; }

    /// <summary>From when on it is no longer valid, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>What it is, without what it holds.</summary>
    public override string ToString() => $"client assertion of {ClientId}";
}
