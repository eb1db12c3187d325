using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace OAuthPS.Flows.Http;

/// <summary>What became of a request that was not answered, as far as the platform tells.</summary>
internal static partial class SendFailure
{
    /// <param name="failure">What the platform says.</param>
    /// <param name="request">The request.</param>
    /// <param name="proxy">The proxy that was used; null where another one may have been.</param>
    /// <param name="network">What was given for the way to the server.</param>
    internal static OAuthException Of(HttpRequestException failure, OAuthRequest request, IWebProxy? proxy, NetworkOptions network)
    {
        var (purpose, endpoint, isGiven) = (request.Purpose, request.Endpoint, network.Proxy is not null);
        var way = proxy is null || proxy.IsBypassed(endpoint) ? null : proxy.GetProxy(endpoint);
        var status = (int?)failure.StatusCode ?? StatusIn(failure.Message);
        return failure.HttpRequestError switch
        {
            HttpRequestError.ProxyTunnelError when status == (int)HttpStatusCode.ProxyAuthenticationRequired =>
                Errors.ProxyWantsPassword(purpose, endpoint, way, isGiven),
            HttpRequestError.ProxyTunnelError => Errors.ProxyRefused(purpose, endpoint, way, isGiven, status),
            HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError when way is not null =>
                Errors.ProxyUnreachable(purpose, endpoint, way, isGiven, failure),
            HttpRequestError.NameResolutionError => Errors.HostUnknown(purpose, endpoint, failure),
            HttpRequestError.ConnectionError => Errors.Unreachable(purpose, endpoint, failure),
            HttpRequestError.InvalidResponse => Errors.ResponseNotHttp(purpose, endpoint),
            HttpRequestError.ConfigurationLimitExceeded =>
                Errors.ResponseTooLarge(purpose, endpoint, request.MaximumResponseSize / OAuthRequest.OneMebibyte),
            HttpRequestError.SecureConnectionError => TlsFailed(),
            _ when failure.InnerException is AuthenticationException => TlsFailed(),
            _ => Errors.ConnectionLost(purpose, endpoint, failure),
        };

        OAuthException TlsFailed() => Errors.TlsFailed(
            endpoint,
            SecureUrl.IsLoopback(endpoint),
            hasAuthority: network.CertificateAuthorities.Count > 0,
            (failure.InnerException as CertificateRefusedException)?.Flaw,
            failure);
    }

    // .NET 8 has the status of a proxy in its words alone: "… failed with status code '407'".
    private static int? StatusIn(string words) => Status().Match(words) is { Success: true } found
        ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex(@"'([1-5][0-9][0-9])'")]
    private static partial Regex Status();
}
