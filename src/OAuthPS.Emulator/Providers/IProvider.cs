using Microsoft.AspNetCore.Routing;

namespace OAuthPS.Emulator;

/// <summary>One emulated provider under one path base.</summary>
internal interface IProvider
{
    /// <summary>The name by which OAuthPS knows the provider.</summary>
    string Name { get; }

    /// <summary>The first path segment, such as <c>/blynk</c>.</summary>
    string PathBase { get; }

    AccessTokens AccessTokens { get; }

    /// <summary>FastAPI answers a path that is off by its last slash with a redirect (307); the others do not know it.</summary>
    bool RedirectsSlashes { get; }

    void Map(IEndpointRouteBuilder endpoints);

    /// <summary>What is answered where no endpoint did: an unknown path, a wrong method, a body that is too large.</summary>
    Answer Refuse(int status, string reason);
}
