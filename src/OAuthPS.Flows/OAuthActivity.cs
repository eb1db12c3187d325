using System.Diagnostics;
using System.Net;
using System.Reflection;
using OAuthPS.Flows.Secrets;

namespace OAuthPS.Flows;

/// <summary>
/// What the library tells a tracing program, such as OpenTelemetry: <c>connect</c>, <c>renewal</c>, <c>API call</c>, and below them each
/// request by its purpose, such as <c>token request</c>. No tag has a secret, the id of a client, or any part of an address but its host
/// and port.
/// </summary>
public static class OAuthActivity
{
    /// <summary>The name of the <see cref="ActivitySource"/>.</summary>
    public const string SourceName = "OAuthPS.Flows";

    /// <summary>The tag with the name of the flow.</summary>
    public const string FlowTag = "oauth.flow";

    /// <summary>The tag with the name of the provider.</summary>
    public const string ProviderTag = "oauth.provider";

    // OpenTelemetry semantic conventions, HTTP client spans. A method that they do not list is the caller's text, and is not repeated.
    private static readonly string[] _methods = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];

    private static readonly ActivitySource _source = new(
        SourceName,
        typeof(OAuthActivity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]);

    /// <summary>Whether anybody listens; nothing is put together for nobody.</summary>
    internal static bool IsObserved => _source.HasListeners();

    /// <summary>Runs something as an activity, which ends with it and has the error of its failure.</summary>
    /// <param name="name">The activity's name.</param>
    /// <param name="describe">Adds what is known before.</param>
    /// <param name="run">What it is.</param>
    /// <param name="conclude">Adds what is known after; null for nothing.</param>
    /// <param name="kind">Whether it is a request to another machine, or work here.</param>
    internal static async Task<T> RunAsync<T>(
        string name,
        Action<Activity> describe,
        Func<Task<T>> run,
        Action<Activity, T>? conclude = null,
        ActivityKind kind = ActivityKind.Internal)
    {
        using var activity = _source.StartActivity(name, kind);
        if (activity is null)
        {
            return await run().ConfigureAwait(false);
        }

        try
        {
            describe(activity);
            var result = await run().ConfigureAwait(false);
            conclude?.Invoke(activity, result);
            return result;
        }
        catch (Exception failure)
        {
            activity.Fail(failure switch
            {
                OAuthException known => known.ErrorId,
                OperationCanceledException => typeof(OperationCanceledException).FullName!,
                _ => failure.GetType().FullName!,
            });
            if (failure is OAuthServerException refused)
            {
                activity.AddStatus((HttpStatusCode)refused.StatusCode);
            }

            throw;
        }
    }

    internal static void AddFlow(this Activity activity, string? flow) => activity.SetTag(FlowTag, flow);

    internal static void AddServer(this Activity activity, Uri address) =>
        activity.SetTag("server.address", ShownUrl.HostOf(address)).SetTag("server.port", address.Port);

    internal static void AddMethod(this Activity activity, HttpMethod method) =>
        activity.SetTag("http.request.method", _methods.Contains(method.Method, StringComparer.Ordinal) ? method.Method : "_OTHER");

    internal static void AddStatus(this Activity activity, HttpStatusCode status) =>
        activity.SetTag("http.response.status_code", (int)status);

    internal static void Fail(this Activity activity, string errorType) =>
        activity.SetTag("error.type", errorType).SetStatus(ActivityStatusCode.Error);
}
