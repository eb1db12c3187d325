using System.Net;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Http;

/// <summary>
/// Redirects carry credentials: they are followed within the origin only, and only where the method survives
/// (RFC 9110 section 15.4; RFC 9700 section 4.12).
/// </summary>
internal static class RedirectPolicy
{
    internal const int MaximumHops = 5;

    /// <returns>Where to send the request next, or null when the response is no redirect.</returns>
    /// <exception cref="OAuthConnectionException">The redirect must not be followed.</exception>
    internal static (Uri Target, HttpMethod Method)? Follow(
        OAuthRequest request, HttpResponseMessage response, Uri current, HttpMethod method, int hop)
    {
        if (request.MaximumRedirection == 0 || !IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
        {
            return null;
        }

        if (!Uri.TryCreate(current, location, out var target))
        {
            throw Errors.RedirectInvalid(request.Purpose, request.Endpoint);
        }

        if (!SecureUrl.IsSameOrigin(current, target) || !SecureUrl.IsAllowed(target))
        {
            throw Errors.RedirectToOtherOrigin(
                request.Purpose,
                request.Endpoint,
                WireFormat.Clean(target.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped), request.Secrets));
        }

        // RFC 9110 section 4.2.4: a user name in an address from elsewhere is there to mislead.
        if (target.UserInfo.Length > 0)
        {
            throw Errors.RedirectWithUserInfo(request.Purpose, request.Endpoint);
        }

        if (hop >= request.MaximumRedirection)
        {
            throw Errors.RedirectLoop(request.Purpose, request.Endpoint);
        }

        var status = (int)response.StatusCode;
        return request.KeepsMethod(status) || method == HttpMethod.Get || method == HttpMethod.Head ? (target, method)
            : request.MayBecomeGet(status) ? (target, HttpMethod.Get)
            : throw Errors.RedirectDropsMethod(request.Purpose, request.Endpoint, request.Method.Method, status);
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
