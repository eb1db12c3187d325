using System.Text.Json;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Flows.ClientAuthentication;

/// <summary>What a client assertion is for, and how it is written (RFC 7523 section 3).</summary>
public sealed record SignedAssertionOptions
{
    /// <summary>
    /// The provider, completed where it is known by its issuer: it says what is left out here, and its announcement chooses the algorithm
    /// of a key. Null for the key's own, and for an assertion for <see cref="Audience"/>.
    /// </summary>
    public OAuthProvider? Provider { get; init; }

    /// <summary>Where the provider is; its documented address when null.</summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>
    /// Whom it is for. When null what the provider states, else its issuer where that is known, else its token endpoint; without a
    /// provider it is needed.
    /// </summary>
    public string? Audience { get; init; }

    /// <summary>
    /// The <c>typ</c> of the header. When null what the provider states, else <c>client-authentication+jwt</c> for its issuer, else
    /// <c>JWT</c>.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>
    /// Whether the header has the SHA-1 thumbprint of the key's certificate too (RFC 7515 section 4.1.7); what the provider states when
    /// null.
    /// </summary>
    public bool? SendsSha1Thumbprint { get; init; }

    /// <summary>For how long it is valid, from now on.</summary>
    public TimeSpan Lifetime { get; init; } = ClientAssertion.DefaultLifetime;

    /// <summary>Claims besides those of every assertion; null for none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? AdditionalClaims { get; init; }

    /// <summary>The clock; the system's when null.</summary>
    public TimeProvider? Clock { get; init; }

    /// <exception cref="OAuthUsageException">The provider's address is needed.</exception>
    internal AssertionFor For()
    {
        var assertion = Audience is null
            ? AssertionFor.Of(Provider!, Provider!.AddressAt(ServiceUrl))
            : AssertionFor.Stated(Audience, Provider?.ClientAssertion);
        return assertion with
        {
            Type = Type ?? assertion.Type,
            HasSha1Thumbprint = SendsSha1Thumbprint ?? assertion.HasSha1Thumbprint,
        };
    }
}
