using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OAuthPS.Flows.Providers;

namespace OAuthPS.Emulator;

/// <summary>Where a rehearsed server's endpoints are: the paths of its file, or of the URLs there, below its base.</summary>
internal sealed partial class RehearsedEndpoints(OAuthProvider provider)
{
    /// <summary>Where a person types the code of a device.</summary>
    public const string DevicePage = "/_device";

    private static readonly OAuthFlow[] _played =
        [OAuthFlow.ClientCredentials, OAuthFlow.AuthorizationCode, OAuthFlow.DeviceCode, OAuthFlow.Password, OAuthFlow.RefreshToken];

    private static readonly ClientAuthenticationMethod[] _checked =
    [
        ClientAuthenticationMethod.Basic, ClientAuthenticationMethod.Post,
        ClientAuthenticationMethod.Query, ClientAuthenticationMethod.None,
    ];

    private static readonly JsonSerializerOptions _file = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string PathBase { get; } = "/" + provider.Name;

    public string Token { get; } = PathOf(provider.TokenEndpoint) ?? "";

    public string? Authorization { get; } = PathOf(provider.AuthorizationEndpoint);

    public string? DeviceAuthorization { get; } = PathOf(provider.DeviceAuthorizationEndpoint);

    public string? Revocation { get; } = PathOf(provider.RevocationEndpoint);

    private IEnumerable<OAuthFlow> Flows => provider.Flows.Where(_played.Contains);

    /// <summary>Why the server cannot be played, in words; null when it can.</summary>
    public string? Problem(Dialect dialect)
    {
        string?[] own = [Token, Authorization, DeviceAuthorization, DeviceAuthorization is null ? null : DevicePage, Revocation];
        string[] paths = [.. own.OfType<string>(), .. dialect.Api.Keys];
        return Token.Length == 0 ? "it states no 'tokenEndpoint', and nobody is asked for one here."
            : !Flows.Any() ? $"'flows' needs one of {string.Join(", ", _played.AsEnumerable())}, which are played here."
            : provider.PushedAuthorizationRequestEndpoint is not null || provider.RequiresSignedRequestObject
                ? "pushed and signed authorization requests are not played."
            : !provider.ClientAuthentications.Intersect(_checked).Any()
                ? $"'clientAuthentications' needs one of {string.Join(", ", _checked)}, which can be checked here."
            : paths.FirstOrDefault(path => !PlainPath().IsMatch(path)) is { } odd ? $"'{odd}' is not a path of plain characters."
            : paths.GroupBy(path => path, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? $"two of its addresses have the path '{twice.Key}'."
            : null;
    }

    /// <summary>The provider's file with the addresses that are played for its own, and without what is not played.</summary>
    /// <param name="request">Who asks: the service is where this request went.</param>
    public string FileFor(HttpRequest request)
    {
        var here = provider with
        {
            ServiceUrl = new Uri($"{request.Scheme}://{request.Host}{PathBase}"),
            ServiceUrlTemplate = null,
            Variables = [],
            Issuer = null,
            ApiUrls = provider.ApiUrls.Count == 0 ? [] : ["/"],
            FirstCall = null,
            TokenEndpoint = Token,
            AuthorizationEndpoint = Authorization,
            DeviceAuthorizationEndpoint = DeviceAuthorization,
            RevocationEndpoint = Revocation,
            IntrospectionEndpoint = null,
            JwksEndpoint = null,
            UserInfoEndpoint = null,
            AppCredentialsEndpoint = null,
            Flows = [.. Flows],
            Basic = null,
        };
        return JsonSerializer.Serialize(here, _file);
    }

    private static string? PathOf(string? endpoint) => endpoint is null ? null
        : endpoint.Contains("://", StringComparison.Ordinal) ? new Uri(endpoint).AbsolutePath
        : endpoint.Split('?')[0];

    [GeneratedRegex(@"^(/[A-Za-z0-9._~!$&'()+,;=:@-]+)+\z")]
    private static partial Regex PlainPath();
}
