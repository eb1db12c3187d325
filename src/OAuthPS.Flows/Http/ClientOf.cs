using System.Net;
using System.Text;

namespace OAuthPS.Flows.Http;

/// <summary>The client that a request is of, as far as a refusal may be due to how it shows itself.</summary>
internal static class ClientOf
{
    /// <returns>What there is to know; null where no client shows itself, or somebody else may be who is refused.</returns>
    internal static RefusedClient? Request(OAuthRequest request)
    {
        // With the password flow it may be the user whom the server does not know.
        if (!request.IsOfClient || request.Parameters.Value(ParameterNames.GrantType) == "password")
        {
            return null;
        }

        var (id, secret) = request.Authorization is { Scheme: "Basic", Parameter: { } credentials } ? Basic(credentials)
            : (Parameter(request, ParameterNames.ClientId), Parameter(request, ParameterNames.ClientSecret));
        secret ??= request.SigningSecret?.Reveal();
        return id is null && Parameter(request, ParameterNames.ClientAssertion) is null ? null : new RefusedClient
        {
            IsBasic = request.Authorization is not null && request.Placement == ParameterPlacement.Body,
            IsFormEncoded = request.Authorization is not null && (IsFormEncoded(id!) || IsFormEncoded(secret!)),
            IdEndsInLineBreak = EndsInLineBreak(id),
            SecretEndsInLineBreak = EndsInLineBreak(secret),
        };
    }

    private static string? Parameter(OAuthRequest request, string name) =>
        request.Parameters.Value(name) ?? request.QueryParameters.Value(name);

    // As they are, or form-encoded (RFC 6749 section 2.3.1).
    private static (string Id, string Secret) Basic(string credentials)
    {
        var joined = Encoding.UTF8.GetString(Convert.FromBase64String(credentials));
        var colon = joined.IndexOf(':', StringComparison.Ordinal);
        return (joined[..colon], joined[(colon + 1)..]);
    }

    private static bool IsFormEncoded(string value) =>
        WebUtility.UrlDecode(value) is var plain && plain != value && FormUrlEncoding.Encode(plain) == value;

    private static bool EndsInLineBreak(string? value) => value is not null
        && (value.EndsWith('\n') || value.EndsWith('\r') || value.EndsWith("%0A", StringComparison.Ordinal)
            || value.EndsWith("%0D", StringComparison.Ordinal));
}
