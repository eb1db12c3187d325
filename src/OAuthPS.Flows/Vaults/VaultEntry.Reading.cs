using System.Text.Json;
using OAuthPS.Flows.ClientAuthentication;
using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Tokens;

namespace OAuthPS.Flows.Vaults;

/// <content>Reading: nothing of an entry is used unless all of it can be.</content>
internal sealed partial class VaultEntry
{
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
        && (ApiUrls is null || ApiUrls.All(
            url => Uri.TryCreate(url, UriKind.Absolute, out var api) && api.UserInfo.Length == 0 && SecureUrl.IsAllowed(api)))
        && (Variables is null || IsWhole(Variables))
        && IsWhole(Headers)
        && IsWhole(AdditionalParameters)
        && ClientSecret is not ""
        && (ClientId is null || !string.IsNullOrWhiteSpace(ClientId))
        && (Version > FirstVersion || (ClientKey is null && DPoPKey is null))
        && IsToken(AccessToken)
        && IsToken(RefreshToken)
        && (TokenType is null or TokenTypes.NotApplicable || (TokenType == TokenTypes.DPoP && DPoPKey is not null))
        && (DPoPKey is null || Jose.DPoPKey.TryImport(DPoPKey) is not null)
        && (Network is null || Network.TryOpen() is not null)
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
