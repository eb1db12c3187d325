using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OAuthPS.Flows.Api;
using OAuthPS.Flows.Secrets;
using OAuthPS.Flows.Sessions;

namespace OAuthPS.Flows.Vendors.SpatiaFi;

/// <summary>App Credentials: making, listing and deleting them in a session (https://docs.spatiafi.com/auth/).</summary>
public static class AppCredentials
{
    /// <summary>Makes one. Its secret is given this once only.</summary>
    /// <exception cref="OAuthException">The provider has none, or refused.</exception>
    public static async Task<AppCredential> CreateAppCredentialAsync(
        this OAuthSession session, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        var (call, response) = await SendAsync(session, HttpMethod.Post, "", log, cancellationToken).ConfigureAwait(false);
        var body = Read(call, response, AppCredentialJson.Default.AppCredentialBody);
        return string.IsNullOrEmpty(body.ClientSecret)
            ? throw Errors.ApiResponseMember(Show(call), "client_secret")
            : ToCredential(call, body);
    }

    /// <summary>Lists those of the user, without their secrets.</summary>
    /// <exception cref="OAuthException">The provider has none, or refused.</exception>
    public static async Task<IReadOnlyList<AppCredential>> ListAppCredentialsAsync(
        this OAuthSession session, IFlowLog? log = null, CancellationToken cancellationToken = default)
    {
        var (call, response) = await SendAsync(session, HttpMethod.Get, "", log, cancellationToken).ConfigureAwait(false);
        return [.. Read(call, response, AppCredentialJson.Default.ListAppCredentialBody).Select(body => ToCredential(call, body))];
    }

    /// <summary>Deletes one.</summary>
    /// <exception cref="OAuthException">The provider has none, or refused.</exception>
    public static async Task DeleteAppCredentialAsync(
        this OAuthSession session, string clientId, IFlowLog? log = null, CancellationToken cancellationToken = default) =>
        await SendAsync(session, HttpMethod.Delete, Uri.EscapeDataString(clientId), log, cancellationToken).ConfigureAwait(false);

    private static async Task<(ApiCall Call, ApiResponse Response)> SendAsync(
        OAuthSession session, HttpMethod method, string clientId, IFlowLog? log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var call = new ApiCall { Uri = new Uri(session.AppCredentialsEndpoint + clientId, UriKind.Relative), Method = method };
        return (call, await session.SendAsync(call, log, cancellationToken).ConfigureAwait(false));
    }

    private static string Show(ApiCall call) => $"{call.Method} {call.Uri}";

    private static T Read<T>(ApiCall call, ApiResponse response, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(response.Body, type) ?? throw Errors.ApiResponseNotJson(Show(call), response.MediaType);
        }
        catch (JsonException)
        {
            throw Errors.ApiResponseNotJson(Show(call), response.MediaType);
        }
    }

    private static AppCredential ToCredential(ApiCall call, AppCredentialBody? body) => string.IsNullOrEmpty(body?.ClientId)
        ? throw Errors.ApiResponseMember(Show(call), "client_id")
        : !TerminalText.IsHarmless(body.ClientId)
            ? throw Errors.ApiResponseMember(Show(call), "client_id", "has a control character or an invisible one")
        : new AppCredential(
            body.ClientId, body.UserId is null ? null : TerminalText.Escape(body.UserId), Secret.FromNullable(body.ClientSecret));
}
