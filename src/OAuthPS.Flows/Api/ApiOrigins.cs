using OAuthPS.Flows.Flows;
using OAuthPS.Flows.Http;
using OAuthPS.Flows.Messages;
using OAuthPS.Flows.Providers;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows.Api;

/// <summary>
/// The origins (RFC 6454) that a session's token may go to: whoever got it elsewhere could use it at these (RFC 9700 section 4.9.1). They
/// are the service URL's, those that the provider, the request or a token response names, and, where none of them names one, that of the
/// first address the caller gives. Safe to use from many threads at once.
/// </summary>
internal sealed class ApiOrigins
{
    private static readonly HashSet<OAuthErrorId> _unreached =
    [
        OAuthErrorId.HostUnknown, OAuthErrorId.ServerUnreachable, OAuthErrorId.TlsFailure, OAuthErrorId.ProxyUnreachable,
        OAuthErrorId.ProxyRefused, OAuthErrorId.ProxyAuthenticationRequired,
    ];

    private readonly string _session;
    private readonly Uri _serviceUrl;
    private readonly List<Uri> _named;
    private readonly Func<Uri?> _ofResponse;

    // The address itself, so that the call that brought it knows it again.
    private Uri? _first;

    /// <param name="request">What the session was opened with.</param>
    /// <param name="serviceUrl">Where its provider is.</param>
    /// <param name="members">The members of the newest token response.</param>
    internal ApiOrigins(ConnectRequest request, Uri serviceUrl, Func<IReadOnlyDictionary<string, ResponseMember>?> members)
    {
        _session = request.SessionName;
        _serviceUrl = serviceUrl;
        _named =
        [
            .. request.Provider.ApiUrls.Select(url => OAuthProvider.At(serviceUrl, url)),
            .. request.ApiUrls,
            .. request.Resource.Select(AddressIn).OfType<Uri>(),
        ];
        _ofResponse = request.Provider.TokenResponse?.ApiUrlMember is { } member
            ? () => members()?.GetValueOrDefault(member) is { } url ? AddressIn(url.Value.Reveal()) : null
            : static () => null;
    }

    /// <summary>What relative addresses are below.</summary>
    internal Uri Base => _ofResponse() ?? _serviceUrl;

    /// <summary>All of them, each once.</summary>
    internal IReadOnlyList<Uri> All => Array.AsReadOnly(
        [.. Addresses().Select(ShownUrl.OriginOf).Distinct(StringComparer.OrdinalIgnoreCase).Select(origin => new Uri(origin))]);

    private Uri? First => Volatile.Read(ref _first);

    /// <summary>What a session was opened with, and the first address of the caller's where that counts.</summary>
    internal ConnectRequest Keep(ConnectRequest request) => First is { } first
        ? request with { ApiUrls = [.. request.ApiUrls, new Uri(ShownUrl.OriginOf(first))] }
        : request;

    internal bool Contains(Uri target) => Addresses().Any(url => SecureUrl.IsSameOrigin(url, target));

    /// <summary>Checks an address that a server gave, such as a link to the next page: it is never the first.</summary>
    /// <exception cref="OAuthUsageException">The token must not go there.</exception>
    internal void RequireKnown(Uri target)
    {
        if (!Contains(SecureUrl.Require(target)))
        {
            throw Errors.ApiOriginNotAllowed(_session, target, All.Select(ShownUrl.OriginOf));
        }
    }

    /// <summary>Checks an address that the caller gave.</summary>
    /// <returns>Whether it is the first, and so is one of them from now on.</returns>
    /// <exception cref="OAuthUsageException">The token must not go there.</exception>
    internal bool Require(Uri target)
    {
        SecureUrl.Require(target);
        var isFirst = !Contains(target) && _named.Count == 0 && _ofResponse() is null
            && Interlocked.CompareExchange(ref _first, target, null) is null;
        RequireKnown(target);
        return isFirst;
    }

    /// <summary>Sends to an address that the caller gave. One that was not reached got no token, and does not stay the first.</summary>
    /// <exception cref="OAuthException">The token must not go there, or the sending failed.</exception>
    internal async Task<T> SendAsync<T>(Uri target, Func<Task<T>> send)
    {
        var isFirst = Require(target);
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (OAuthException failure) when (isFirst && WasNotSent(failure))
        {
            Interlocked.CompareExchange(ref _first, null, target);
            throw;
        }
    }

    private static bool WasNotSent(OAuthException failure) => failure is OAuthUsageException || _unreached.Contains(failure.Id);

    private IEnumerable<Uri> Addresses()
    {
        yield return _serviceUrl;
        foreach (var url in _named)
        {
            yield return url;
        }

        if (_ofResponse() is { } ofResponse)
        {
            yield return ofResponse;
        }

        if (First is { } first)
        {
            yield return first;
        }
    }

    // A resource may be any URI, and a server may say anything.
    private static Uri? AddressIn(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.UserInfo.Length == 0 && SecureUrl.IsAllowed(url) && SecureUrl.IsHarmless(url) ? url : null;
}
