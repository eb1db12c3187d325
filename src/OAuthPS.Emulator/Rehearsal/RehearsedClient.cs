using OAuthPS.Flows.Providers;

namespace OAuthPS.Emulator;

/// <summary>Whether the client of a request is the demo client, by a way that the provider file states.</summary>
internal static class RehearsedClient
{
    /// <summary>Why the client is refused; null when it is the one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="provider">Who states how a client may authenticate.</param>
    public static OAuthRefusal? Refuse(HttpContext context, RequestParameters parameters, OAuthProvider provider)
    {
        ClientAuthenticationMethod[] ways;
        BasicCredentials? client;
        if (BasicCredentials.AreOffered(context))
        {
            (ways, client) = ([ClientAuthenticationMethod.Basic], BasicCredentials.Of(context));
        }
        else if (parameters["client_secret"] is { } secret)
        {
            ways = [ClientAuthenticationMethod.Post, ClientAuthenticationMethod.Query];
            client = new(parameters["client_id"] ?? "", secret);
        }
        else
        {
            (ways, client) = ([ClientAuthenticationMethod.None], new(parameters["client_id"] ?? "", DemoAccounts.RehearsalClientSecret));
        }

        return !provider.ClientAuthentications.Intersect(ways).Any()
            ? new(OAuthRefusal.InvalidClient, $"The client must authenticate by {string.Join(" or ", provider.ClientAuthentications)}.")
            : client?.Match(DemoAccounts.RehearsalClientId, DemoAccounts.RehearsalClientSecret) == true
                ? null
                : new(OAuthRefusal.InvalidClient, "The client is unknown or its secret is wrong.");
    }
}
