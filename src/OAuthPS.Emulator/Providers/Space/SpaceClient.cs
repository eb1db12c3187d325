using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace OAuthPS.Emulator;

/// <summary>The client of a token request: by Basic, or a public one by its id in the body.</summary>
internal sealed record SpaceClient(string Id, bool IsPublic)
{
    public static bool TryAuthenticate(
        HttpContext context, RequestParameters form, [NotNullWhen(true)] out SpaceClient? client, [NotNullWhen(false)] out Answer? refusal)
    {
        client = null;
        refusal = null;
        if (BasicCredentials.AreOffered(context))
        {
            // RFC 6749 section 2.3: one method in a request.
            if (form["client_secret"] is not null)
                refusal = OAuthError.InvalidRequest("The client authenticates in more than one way.");
            else if (BasicCredentials.Of(context)?.Match(DemoAccounts.SpaceClientId, DemoAccounts.SpaceClientSecret) != true)
                refusal = OAuthError.InvalidClient("The client is unknown or its secret is wrong.");
            else if (form["client_id"] is not (null or DemoAccounts.SpaceClientId))
                refusal = OAuthError.InvalidRequest("client_id names another client than the Authorization header.");
            else
                client = new SpaceClient(DemoAccounts.SpaceClientId, IsPublic: false);
        }
        else if (form["client_id"] == DemoAccounts.SpacePublicClientId && form["client_secret"] is null)
            client = new SpaceClient(DemoAccounts.SpacePublicClientId, IsPublic: true);
        else
            refusal = OAuthError.InvalidClient("The client must authenticate in the Authorization header.");
        return client is not null;
    }
}
