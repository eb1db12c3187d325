using Microsoft.AspNetCore.Routing;

namespace OAuthPS.Emulator;

/// <summary>
/// ASP.NET Core's routing ignores letter case and a last slash; the providers do not. FastAPI redirects where only the
/// slash is wrong (307, which keeps method and body).
/// </summary>
internal static class ExactPaths
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next, IReadOnlyList<Provider> providers)
    {
        var path = context.Request.Path.Value ?? "";
        if (context.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } pattern } || IsMatch(pattern, path))
        {
            await next(context);
            return;
        }

        var other = path.EndsWith('/') ? path.TrimEnd('/') : path + "/";
        var redirects = providers.Any(
            provider => provider.RedirectsSlashes && path.StartsWith(provider.PathBase + "/", StringComparison.Ordinal));
        if (redirects && IsMatch(pattern, other))
        {
            var request = context.Request;
            await Answer.Redirect(307, $"{request.Scheme}://{request.Host}{other}{request.QueryString}").ExecuteAsync(context);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }

    private static bool IsMatch(string pattern, string path)
    {
        var expected = pattern.Split('/');
        var actual = path.Split('/');
        return expected.Length == actual.Length
            && expected.Zip(actual).All(
                segment => segment.First == segment.Second || (segment.First.StartsWith('{') && segment.Second.Length > 0));
    }
}
