using System.Text.Json;
using System.Text.Json.Serialization;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Tokens;

namespace OAuthPS.Flows.Vaults;

/// <summary>
/// A session as a vault keeps it: what it takes to renew the token, and the tokens. Typed and versioned, so that an entry of
/// another kind or of a newer module is told apart from a damaged one. A user's password is never in it.
/// An entry has the lowest version that states all it holds, so that an older module reads what it can and refuses the rest.
/// </summary>
internal sealed partial class VaultEntry
{
    internal const string EntryType = "OAuthPS.Session";

    /// <summary>What the module has written from the beginning.</summary>
    internal const int FirstVersion = 1;

    /// <summary>
    /// With a private key (the client's, or of DPoP), with access that is asked for beyond a scope, or with a token that is no access
    /// token. A module that knows the first alone would leave those out, and ask for another token than the session's: it must not
    /// open such an entry.
    /// </summary>
    internal const int SecondVersion = 2;

    /// <summary>
    /// With members of the server's responses, an ID token, the end of the refresh token, addresses of APIs, or the origins of a server
    /// that is known by its issuer: a module that does not know them would lose them at its first renewal. Or with an audience, without
    /// which it would ask for another token. Or with what is the customer's own in the provider's addresses.
    /// </summary>
    internal const int ThirdVersion = 3;

    /// <summary>
    /// With a proxy or certificate authorities of the session's own: a module that does not know them would go around the proxy.
    /// </summary>
    internal const int CurrentVersion = 4;

    public string? Type { get; init; }

    public int Version { get; init; }

    public string? Provider { get; init; }

    public OAuthFlow? Flow { get; init; }

    public string? ServiceUrl { get; init; }

    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public ClientAuthenticationMethod? ClientAuthentication { get; init; }

    public string? FoundClientAuthentication { get; init; }

    public IReadOnlyList<string>? Scope { get; init; }

    public IReadOnlyList<string>? Resource { get; init; }

    public IReadOnlyList<string>? Audience { get; init; }

    public IReadOnlyList<string>? ApiUrls { get; init; }

    public string? AuthorizationDetails { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? AssertionClaims { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? AdditionalParameters { get; init; }

    public VaultedNetwork? Network { get; init; }

    public double TimeoutSeconds { get; init; }

    public string? AccessToken { get; init; }

    public string? TokenType { get; init; }

    public string? DPoPKey { get; init; }

    public DateTimeOffset ObtainedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? GrantedScope { get; init; }

    public string? GrantedDetails { get; init; }

    public string? RefreshToken { get; init; }

    public string? IdToken { get; init; }

    public string? Subject { get; init; }

    public DateTimeOffset? RefreshTokenObtainedAt { get; init; }

    public DateTimeOffset? RefreshTokenExpiresAt { get; init; }

    public IReadOnlyDictionary<string, VaultedMember>? Members { get; init; }

    public VaultedKey? ClientKey { get; init; }

    /// <summary>Where the endpoints are that the session uses, by their names in the metadata of its issuer.</summary>
    public IReadOnlyDictionary<string, string>? Origins { get; init; }

    internal static VaultEntry Create(ConnectRequest request, OAuthFlow flow, Uri serviceUrl, TokenState? state, DPoPKey? key) => new()
    {
        Type = EntryType,
        Version = request.Network is { IsNone: false } ? CurrentVersion
            : state is { Members.Count: > 0 } or { RefreshTokenSpan: not null } or { IdToken: not null }
            || request.Audience.Count > 0 || request.ApiUrls.Count > 0 || request.Variables.Count > 0 || request.Provider.Issuer is not null
                ? ThirdVersion
            : key is null && state is not { Token.TokenType: TokenTypes.NotApplicable }
                && request is { Client: null or { Key: null }, Resource.Count: 0, AuthorizationDetails: null, Inputs.Count: 0 }
                ? FirstVersion
            : SecondVersion,
        Provider = request.Provider.Name,
        Flow = flow,
        ServiceUrl = serviceUrl.OriginalString,
        Variables = request.Variables.Count == 0 ? null : request.Variables,
        ClientId = request.Client?.Id,
        ClientSecret = request.Client?.ClientSecret?.Reveal(),
        ClientAuthentication = request.ClientAuthentication,
        FoundClientAuthentication = request.FoundClientAuthentication,
        Scope = request.Scope,
        Resource = request.Resource.Count == 0 ? null : request.Resource,
        Audience = request.Audience.Count == 0 ? null : request.Audience,
        ApiUrls = request.ApiUrls.Count == 0 ? null : [.. request.ApiUrls.Select(url => url.OriginalString)],
        AuthorizationDetails = request.AuthorizationDetails,
        AssertionClaims = request.Input<AssertionClaims>()?.Claims,
        Headers = request.Headers,
        AdditionalParameters = request.AdditionalParameters,
        Network = request.Network is { IsNone: false } network ? VaultedNetwork.Create(network) : null,
        TimeoutSeconds = request.Timeout.TotalSeconds,
        AccessToken = state?.Token.Value.Reveal(),
        TokenType = state is { Token.TokenType: not TokenTypes.Bearer } ? state.Token.TokenType : null,
        DPoPKey = key?.Export().Reveal(),
        ObtainedAt = state?.Token.ObtainedAt ?? default,
        ExpiresAt = state?.Token.ExpiresAt,
        GrantedScope = state?.Token.Scope,
        GrantedDetails = state?.Token.AuthorizationDetails,
        RefreshToken = state?.RefreshToken?.Reveal(),
        IdToken = state?.IdToken?.Reveal(),
        Subject = state?.Subject,
        RefreshTokenObtainedAt = state?.RefreshTokenSpan?.ObtainedAt,
        RefreshTokenExpiresAt = state?.RefreshTokenSpan?.ExpiresAt,
        Members = state is { Members.Count: > 0 }
            ? state.Members.ToDictionary(member => member.Key, member => VaultedMember.Create(member.Value))
            : null,
        ClientKey = request.Client?.Key is { } clientKey ? VaultedKey.TryCreate(clientKey) : null,
        Origins = DiscoveredEndpoints.Origins(request.Provider, serviceUrl),
    };

    internal string ToText() => JsonSerializer.Serialize(this, VaultEntryJson.Default.VaultEntry);

    /// <summary>What may be shown of it.</summary>
    internal IReadOnlyDictionary<string, string> Describe() => new Dictionary<string, string>
    {
        ["Type"] = EntryType,
        ["Provider"] = Provider!,
        ["Flow"] = Flow!.Name,
        ["ExpiresAt"] = ExpiresAt?.ToString("u") ?? "",
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VaultEntry))]
internal sealed partial class VaultEntryJson : JsonSerializerContext;
