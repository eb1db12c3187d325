namespace OAuthPS.Emulator;

/// <summary>
/// An App Credential by <c>client_secret_basic</c>, <c>client_secret_post</c> or <c>client_secret_jwt</c>, and by one of them only.
/// </summary>
internal sealed class SpatiaFiClientAuthentication(EmulatorContext emulator, AppCredentials credentials)
{
    private readonly ClientAssertion _assertions = new(emulator, credentials);

    /// <summary>Why the client is refused; null when it is who it says it is.</summary>
    public Answer? Refuse(HttpContext context, RequestParameters form, out string clientId)
    {
        clientId = "";
        var basic = BasicCredentials.AreOffered(context);
        var post = form["client_secret"] is not null;
        var jwt = form["client_assertion"] is not null || form["client_assertion_type"] is not null;
        if ((basic ? 1 : 0) + (post ? 1 : 0) + (jwt ? 1 : 0) > 1)
        {
            return SpatiaFiError.BadRequest("invalid_request", "The client authenticates in more than one way.");
        }

        var refusal = jwt ? _assertions.Refusal(context, form, out clientId)
            : basic ? RefuseSecret(BasicCredentials.Of(context), out clientId)
            : post ? RefuseSecret(new BasicCredentials(form["client_id"] ?? "", form["client_secret"]!), out clientId)
            : "The client does not authenticate.";
        if (refusal is not null)
        {
            return SpatiaFiError.BadRequest("invalid_client", refusal);
        }

        return form["client_id"] is { } named && named != clientId
            ? SpatiaFiError.BadRequest("invalid_client", "client_id names another client than the one that authenticates.")
            : null;
    }

    private string? RefuseSecret(BasicCredentials? offered, out string clientId)
    {
        clientId = offered?.Id ?? "";
        return offered is not null && credentials.FindSecret(offered.Id) is { } secret && secret.IsSameSecret(offered.Secret)
            ? null
            : "The App Credential is unknown or its secret is wrong.";
    }
}
