using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace OAuthPS.Flows.Http;

/// <summary>
/// Sends the requests of this library: one at a time, bounded in size and time, cancellable everywhere, and never with
/// credentials to another origin than the one they were meant for. Safe to use from many threads.
/// </summary>
public sealed class HttpTransport
{
    private static readonly ProductInfoHeaderValue _userAgent =
        new(
            "OAuthPS",
            typeof(HttpTransport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]);

    private readonly HttpMessageInvoker _invoker;
    private readonly Func<X509Certificate2, HttpMessageInvoker> _presenting;
    private readonly X509Certificate2? _certificate;
    private readonly NetworkTransports _networks;

    // One for each certificate, so that its connections are shared, and gone with it.
    private readonly ConditionalWeakTable<X509Certificate2, HttpTransport> _withCertificate = [];

    /// <summary>Creates a transport of its own.</summary>
    /// <param name="invoker">What sends the messages; it must neither follow redirects nor keep cookies. It stays the caller's.</param>
    /// <param name="timeProvider">The clock of timeouts, of sessions and of assertions; the system's when null.</param>
    /// <param name="chance">What spreads the waits before a request is repeated; the process's own when null.</param>
    /// <param name="presenting">
    /// What sends the messages of a client that presents a TLS certificate (RFC 8705); a connection pool of its own when null.
    /// </param>
    public HttpTransport(
        HttpMessageInvoker invoker,
        TimeProvider? timeProvider = null,
        Random? chance = null,
        Func<X509Certificate2, HttpMessageInvoker>? presenting = null)
    {
        _invoker = invoker;
        _presenting = presenting ?? (certificate => new HttpMessageInvoker(CreateHandler(certificate)));
        TimeProvider = timeProvider ?? TimeProvider.System;
        Chance = chance ?? Random.Shared;
        Clocks = new ServerClocks(TimeProvider);
        Root = WithoutCertificate = this;
        _networks = new NetworkTransports(network => new HttpTransport(this, network));
    }

    private HttpTransport(HttpTransport other, X509Certificate2 certificate)
        : this(other, other._presenting(certificate), other._presenting)
    {
        (_certificate, Network, Proxy, WithoutCertificate) = (certificate, other.Network, other.Proxy, other);
    }

    private HttpTransport(HttpTransport root, NetworkOptions network)
        : this(
            root,
            new HttpMessageInvoker(CreateHandler(certificate: null, network)),
            certificate => new HttpMessageInvoker(CreateHandler(certificate, network)))
    {
        (Network, Proxy) = (network, NetworkHandler.ProxyOf(network));
    }

    private HttpTransport(HttpTransport other, HttpMessageInvoker invoker, Func<X509Certificate2, HttpMessageInvoker> presenting)
    {
        (_invoker, _presenting, _networks) = (invoker, presenting, other._networks);
        (TimeProvider, Chance, Clocks, Root, WithoutCertificate) = (other.TimeProvider, other.Chance, other.Clocks, other.Root, this);
    }

    /// <summary>The one of the process: its connections are pooled, and renewed often enough to follow a DNS change.</summary>
    public static HttpTransport Shared { get; } =
        new(new HttpMessageInvoker(CreateHandler())) { Proxy = new ProxyBeyondLoopback() };

    /// <summary>The default time for one request and its response: 100 seconds.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(100);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; }

    internal Random Chance { get; }

    /// <summary>The proxy that the messages go through; null where that is for the caller's invoker to know.</summary>
    internal IWebProxy? Proxy { get; init; }

    /// <summary>The clocks of the servers that were asked.</summary>
    internal ServerClocks Clocks { get; }

    /// <summary>The handler of <see cref="Shared"/>, afresh.</summary>
    /// <param name="certificate">The TLS certificate to present (RFC 8705); null for none.</param>
    /// <param name="network">How servers are reached; as the process says when null.</param>
    /// <exception cref="OAuthUsageException">The options contradict each other, or one of them cannot be used.</exception>
    public static SocketsHttpHandler CreateHandler(X509Certificate2? certificate = null, NetworkOptions? network = null) =>
        NetworkHandler.Create(certificate, (network ?? NetworkOptions.None).Check());

    /// <summary>
    /// This transport with other network options; what they are silent about stays as it is here. It has a connection pool of its own,
    /// also where this one sends through the caller's invoker, and shares it with all who ask for the same.
    /// </summary>
    /// <param name="network">How servers are reached; null changes nothing.</param>
    /// <exception cref="OAuthUsageException">The options contradict each other, or one of them cannot be used.</exception>
    public HttpTransport For(NetworkOptions? network) =>
        network?.Check().Over(Network) is { } wanted && wanted != Network ? _networks.Get(wanted).For(_certificate) : this;

    /// <summary>
    /// The transport of a client: another one where it presents a certificate. Clocks and what servers say of themselves are shared.
    /// </summary>
    internal HttpTransport For(X509Certificate2? certificate) =>
        certificate is null ? this : _withCertificate.GetValue(certificate, one => new HttpTransport(this, one));

    /// <summary>How servers are reached.</summary>
    internal NetworkOptions Network { get; } = NetworkOptions.None;

    internal bool PresentsCertificate => _certificate is not null;

    /// <summary>
    /// The one that asks for documents. They are shared among those who reach a server the same way: what a server says to whom trusts
    /// another authority is not what it says to all.
    /// </summary>
    internal HttpTransport WithoutCertificate { get; }

    /// <summary>The one it was made of; what is known of clients and of clocks is known of both.</summary>
    internal HttpTransport Root { get; }

    /// <exception cref="OAuthConnectionException">No response, or one that points to another origin.</exception>
    /// <exception cref="OAuthProtocolException">A response beyond the size allowed.</exception>
    internal Task<HttpResponse> SendAsync(OAuthRequest request, TimeSpan timeout, IFlowLog log, CancellationToken cancellationToken) =>
        OAuthActivity.IsObserved
            ? SendObservedAsync(request, timeout, log, cancellationToken)
            : SendWithinTimeAsync(request, timeout, log, cancellationToken);

    private Task<HttpResponse> SendObservedAsync(OAuthRequest request, TimeSpan timeout, IFlowLog log, CancellationToken cancellationToken)
    {
        return OAuthActivity.RunAsync(request.IsApiCall ? "API request" : request.Purpose, Describe, Run, Conclude, ActivityKind.Client);

        Task<HttpResponse> Run() => SendWithinTimeAsync(request, timeout, log, cancellationToken);

        void Describe(Activity activity)
        {
            activity.AddMethod(request.Method);
            activity.AddServer(request.Endpoint);
        }

        // OpenTelemetry semantic conventions: the error of a request that was refused is its status.
        static void Conclude(Activity activity, HttpResponse response)
        {
            activity.AddStatus(response.StatusCode);
            if ((int)response.StatusCode >= 400)
            {
                activity.Fail(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private async Task<HttpResponse> SendWithinTimeAsync(
        OAuthRequest request, TimeSpan timeout, IFlowLog log, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        if (log.WantsVerbose)
        {
            log.Verbose($"Sending {request}");
        }

        request.Watch = request.IsTransfer ? new TransferWatch(timer, timeout, log, TimeProvider) : null;
        var started = TimeProvider.GetTimestamp();
        try
        {
            var response = await SendWithinOriginAsync(request, either.Token).ConfigureAwait(false);
            Clocks.Learn(request, response);
            request.DPoP?.Learn(request.Endpoint, request.BoundToken, response);
            if (log.WantsVerbose)
            {
                log.Verbose(
                    $"Received {ShownResponse.Of(response, request)} after {TimeProvider.GetElapsedTime(started).TotalMilliseconds:F0} ms");
            }

            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Errors.TimedOut(request.Purpose, request.Endpoint, timeout);
        }
        catch (HttpRequestException failure)
        {
            throw SendFailure.Of(failure, request, Proxy, Network);
        }
        catch (HttpIOException failure) when (failure.HttpRequestError == HttpRequestError.InvalidResponse)
        {
            throw Errors.ResponseNotHttp(request.Purpose, request.Endpoint);
        }
        catch (IOException failure)
        {
            throw Errors.ConnectionLost(request.Purpose, request.Endpoint, failure);
        }
        finally
        {
            request.Watch?.End();
        }
    }

    private async Task<HttpResponse> SendWithinOriginAsync(OAuthRequest request, CancellationToken cancellationToken)
    {
        var target = request.Target;
        var method = request.Method;
        for (var hop = 0; ; hop++)
        {
            using var message = request.ToHttpRequestMessage(target, method);
            if (!message.Headers.NonValidated.Contains("User-Agent"))
            {
                message.Headers.UserAgent.Add(_userAgent);
            }

            using var response = await _invoker.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (RedirectPolicy.Follow(request, response, target, method, hop) is { } next)
            {
                (target, method) = next;
                continue;
            }

            if (request.Download?.StartsOver(response) == true)
            {
                continue;
            }

            return await ReceivedResponse.ReadAsync(
                request, response, target, TimeProvider.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        }
    }
}
