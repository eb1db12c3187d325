using System.Text.Json;
using System.Text.Json.Serialization;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Jose;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Server;
using OAuthPS.Flows.Tokens;

namespace OAuthPS.Flows.Vaults;

/// <summary>
/// A session as a vault keeps it: what it takes to renew the token, and the tokens. Typed and versioned, so that an entry of
/// another kind or of a newer module is told apart from a damaged one. A user's password is never in it.
/// An entry has the lowest version that states all it holds, so that an older module reads what it can and refuses the rest.
/// </summary>
internal sealed class VaultEntry
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
    /// With members of the server's responses, an ID token, the end of the refresh token, or the origins of a server that is known by its
    /// issuer: a module that does not know them would lose them at its first renewal. Or with an audience, without which it would ask for
    /// another token.
    /// </summary>
    internal const int CurrentVersion = 3;

    public string? Type { get; init; }

    public int Version { get; init; }

    public string? Provider { get; init; }

    public OAuthFlow? Flow { get; init; }

    public string? ServiceUrl { get; init; }

    public string? ClientId { get; init; }

    public string? ClientSecret { get; init; }

    public ClientAuthenticationMethod? ClientAuthentication { get; init; }

    public string? FoundClientAuthentication { get; init; }

    public IReadOnlyList<string>? Scope { get; init; }

    public IReadOnlyList<string>? Resource { get; init; }

    public IReadOnlyList<string>? Audience { get; init; }

    public string? AuthorizationDetails { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? AssertionClaims { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? AdditionalParameters { get; init; }

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
        Version = state is { Members.Count: > 0 } or { RefreshTokenSpan: not null } or { IdToken: not null }
            || request.Audience.Count > 0 || request.Provider.Issuer is not null ? CurrentVersion
            : key is null && state is not { Token.TokenType: TokenTypes.NotApplicable }
                && request is { Client: null or { Key: null }, Resource.Count: 0, AuthorizationDetails: null, Inputs.Count: 0 }
                ? FirstVersion
            : SecondVersion,
        Provider = request.Provider.Name,
        Flow = flow,
        ServiceUrl = serviceUrl.OriginalString,
        ClientId = request.Client?.Id,
        ClientSecret = request.Client?.ClientSecret?.Reveal(),
        ClientAuthentication = request.ClientAuthentication,
        FoundClientAuthentication = request.FoundClientAuthentication,
        Scope = request.Scope,
        Resource = request.Resource.Count == 0 ? null : request.Resource,
        Audience = request.Audience.Count == 0 ? null : request.Audience,
        AuthorizationDetails = request.AuthorizationDetails,
        AssertionClaims = request.Input<AssertionClaims>()?.Claims,
        Headers = request.Headers,
        AdditionalParameters = request.AdditionalParameters,
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

    /// <exception cref="OAuthUsageException">The text is no entry of this module, of a newer one, or damaged.</exception>
    internal static VaultEntry Parse(string vault, string session, string text)
    {
        VaultEntry? entry;
        try
        {
            entry = JsonSerializer.Deserialize(text, VaultEntryJson.Default.VaultEntry);
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            // ArgumentException: half a surrogate pair outside of a string.
            entry = null;
        }

        if (entry is not { Type: EntryType })
        {
            throw Errors.VaultEntryInvalid(vault, session, "is not a session of OAuthPS, or is damaged");
        }

        if (entry.Version is < FirstVersion or > CurrentVersion)
        {
            throw Errors.VaultEntryInvalid(
                vault, session, $"has the format {entry.Version}, and this version of OAuthPS knows {FirstVersion} to {CurrentVersion}");
        }

        return entry.IsWhole() ? entry : throw Errors.VaultEntryInvalid(vault, session, "is not whole");
    }

    internal string ToText() => JsonSerializer.Serialize(this, VaultEntryJson.Default.VaultEntry);

    /// <summary>What may be shown of it.</summary>
    internal IReadOnlyDictionary<string, string> Describe() => new Dictionary<string, string>
    {
        ["Type"] = EntryType,
        ["Provider"] = Provider!,
        ["Flow"] = Flow!.Name,
        ["ExpiresAt"] = ExpiresAt?.ToString("u") ?? "",
    };

    internal TokenState? ToState() => AccessToken is null
        ? null
        : new TokenState(
            new AccessToken(new Secret(AccessToken), TokenType ?? TokenTypes.Bearer, ObtainedAt, ExpiresAt, GrantedScope)
            {
                AuthorizationDetails = GrantedDetails,
            },
            Secret.FromNullable(RefreshToken),
            Subject)
        {
            IdToken = Secret.FromNullable(IdToken),
            RefreshTokenSpan = RefreshTokenExpiresAt is { } end ? new TokenSpan(RefreshTokenObtainedAt!.Value, end) : null,
            Members = ResponseMembers.Bounded(
                (Members ?? new Dictionary<string, VaultedMember>()).Select(member =>
                    KeyValuePair.Create(member.Key, member.Value.ToMember()))),
        };

    /// <summary>The client; null where the flow has none.</summary>
    internal OAuthClient? ToClient() =>
        ClientId is null ? null : new OAuthClient(ClientId, Secret.FromNullable(ClientSecret), ClientKey?.TryOpen());

    /// <summary>Whether it has what a session of that provider needs.</summary>
    internal bool IsEnoughFor(OAuthProvider provider)
    {
        // Which flows a server has that is known by its issuer, it says itself; and one that it does not list may have been asked for.
        if (KnownFlows.Find(Flow) is not { } flow || (provider.Issuer is null && !provider.Flows.Contains(flow.Name)))
        {
            return false;
        }

        return flow.HasNoToken(provider)
            ? ClientId is not null && ClientSecret is not null
            : AccessToken is not null && (ClientId is not null || !flow.Needs(provider).Any(need => need.IsClient));
    }

    private bool IsWhole() =>
        Provider is not null
        && KnownFlows.Find(Flow) is not null
        && Uri.TryCreate(ServiceUrl, UriKind.Absolute, out _)
        && Scope is not null && Scope.All(scope => scope is not null)
        && (Resource is null || Resource.All(resource => resource is not null))
        && (Audience is null || Audience.All(audience => audience is not null))
        && IsWhole(Headers)
        && IsWhole(AdditionalParameters)
        && ClientSecret is not ""
        && (ClientId is null || !string.IsNullOrWhiteSpace(ClientId))
        && (Version > FirstVersion || (ClientKey is null && DPoPKey is null))
        && IsToken(AccessToken)
        && IsToken(RefreshToken)
        && (TokenType is null or TokenTypes.NotApplicable || (TokenType == TokenTypes.DPoP && DPoPKey is not null))
        && (DPoPKey is null || Jose.DPoPKey.TryImport(DPoPKey) is not null)
        && (Members is null || Members.Values.All(member => member is { IsWhole: true }))
        && (Origins is null
            || (Origins.ContainsKey("token_endpoint") && Origins.Values.All(origin => Uri.TryCreate(origin, UriKind.Absolute, out _))))
        && (RefreshTokenExpiresAt is null) == (RefreshTokenObtainedAt is null)
        && TimeoutSeconds is >= 0.001 and <= 86_400
        && (ClientAuthentication is not { } method || Enum.IsDefined(method));

    private static bool IsWhole(IReadOnlyDictionary<string, string>? pairs) =>
        pairs is not null && pairs.Values.All(value => value is not null);

    private static bool IsToken(string? token) => token is null || (token.Length > 0 && VisibleAscii.Is(token));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VaultEntry))]
internal sealed partial class VaultEntryJson : JsonSerializerContext;
