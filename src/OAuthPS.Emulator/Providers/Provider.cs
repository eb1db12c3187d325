namespace OAuthPS.Emulator;

/// <summary>One emulated provider under one path base.</summary>
/// <param name="name">The name by which OAuthPS knows the provider.</param>
/// <param name="pathBase">The first path segment, such as <c>/blynk</c>.</param>
/// <param name="accessTokens">The access tokens that it issued.</param>
internal abstract class Provider(string name, string pathBase, AccessTokens accessTokens)
{
    /// <summary>The name by which OAuthPS knows the provider.</summary>
    public string Name => name;

    /// <summary>The first path segment, such as <c>/blynk</c>.</summary>
    public string PathBase => pathBase;

    /// <summary>The access tokens that it issued.</summary>
    public AccessTokens AccessTokens => accessTokens;

    /// <summary>FastAPI answers a path that is off by its last slash with a redirect (307); the others do not know it.</summary>
    public virtual bool RedirectsSlashes => false;

    /// <summary>Says which requests the provider answers.</summary>
    public abstract void Map(ProviderRoutes routes);

    /// <summary>What is answered where no endpoint did: an unknown path, a wrong method, a body that is too large.</summary>
    public virtual Answer Refuse(int status, string reason) => OAuthError.Of(status, "invalid_request", reason);
}
