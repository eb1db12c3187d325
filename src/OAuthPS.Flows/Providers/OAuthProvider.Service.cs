using System.Text.Json.Serialization;

namespace OAuthPS.Flows.Providers;

/// <content>What somebody who starts with a service asks for, and what differs from customer to customer.</content>
public sealed partial record OAuthProvider
{
    /// <summary>Where the provider is, with <see cref="Variables"/> in it: <c>https://{Tenant}.example.com</c>.</summary>
    public string? ServiceUrlTemplate { get; init; }

    /// <summary>What differs from customer to customer in the addresses above.</summary>
    public IReadOnlyList<ProviderVariable> Variables { get; init => field = Fixed(value); } = [];

    /// <summary>The scopes that people start with.</summary>
    public IReadOnlyList<ProviderScope> Scopes { get; init => field = Fixed(value); } = [];

    /// <summary>Where a client is registered and its id is found, in the provider's own words; null where that is unsaid.</summary>
    public string? ClientRegistration { get; init; }

    /// <summary>A GET that shows that the token is taken: a path below the service URL, or a whole URL; null where none is known.</summary>
    public string? FirstCall { get; init; }

    /// <summary>The day on which <see cref="Documentation"/> was read; null where nobody says.</summary>
    public DateOnly? DocumentationRead { get; init; }

    /// <summary>The user's file that stands in the place of the service of this name; null where none does.</summary>
    [JsonIgnore]
    internal string? UserFile { get; init; }
}
