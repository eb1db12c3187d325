using System.Diagnostics.CodeAnalysis;

namespace OAuthPS.Emulator;

/// <summary>The client of a token request: by Basic, or a public one by its id in the body.</summary>
internal sealed record SpaceClient(string Id, bool IsPublic)
{
    /// <summary>Finds out who asks, or why that is not proven.</summary>
    public static bool TryAuthenticate(
        HttpContext context, RequestParameters form, [NotNullWhen(true)] out SpaceClient? client, [NotNullWhen(false)] out Answer? refusal)
    {
        client = null;
        if (BasicCredentials.AreOffered(context))
        {
            refusal = Refuse(BasicCredentials.Of(context), form);
            client = refusal is null ? new SpaceClient(DemoAccounts.SpaceClientId, IsPublic: false) : null;
        }
        else if (form["client_id"] == DemoAccounts.SpacePublicClientId && form["client_secret"] is null)
        {
            refusal = null;
            client = new SpaceClient(DemoAccounts.SpacePublicClientId, IsPublic: true);
        }
        else
        {
            refusal = OAuthError.InvalidClient("The client must authenticate in the Authorization header.");
        }

        return client is not null;
    }

    // One method in a request (RFC 6749 section 2.3), but Space's own ASP.NET sign-in sends id and secret in the body as well.
    private static Answer? Refuse(BasicCredentials? header, RequestParameters form)
    {
        if (header?.Match(DemoAccounts.SpaceClientId, DemoAccounts.SpaceClientSecret) != true)
        {
            return OAuthError.InvalidClient("The client is unknown or its secret is wrong.");
        }

        if (form["client_id"] is not (null or DemoAccounts.SpaceClientId))
        {
            return OAuthError.InvalidRequest("client_id names another client than the Authorization header.");
        }

        return form["client_secret"]?.IsSameSecret(header.Secret) == false
            ? OAuthError.InvalidRequest("client_secret is not the one of the Authorization header.")
            : null;
    }
}
