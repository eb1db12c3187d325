using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace OAuthPS.Emulator;

/// <summary>The requests that a provider answers, by paths below its own base.</summary>
internal sealed class ProviderRoutes(IEndpointRouteBuilder endpoints, string pathBase)
{
    /// <summary>Answers a GET.</summary>
    public ProviderRoutes Get(string path, Func<HttpContext, Answer> handler)
    {
        endpoints.MapGet(pathBase + path, handler);
        return this;
    }

    /// <summary>Answers a POST.</summary>
    public ProviderRoutes Post(string path, Func<HttpContext, Answer> handler)
    {
        endpoints.MapPost(pathBase + path, handler);
        return this;
    }

    /// <summary>Answers a DELETE.</summary>
    public ProviderRoutes Delete(string path, Func<HttpContext, Answer> handler)
    {
        endpoints.MapDelete(pathBase + path, handler);
        return this;
    }
}
